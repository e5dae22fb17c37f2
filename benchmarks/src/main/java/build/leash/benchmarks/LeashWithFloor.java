package build.leash.benchmarks;

import build.leash.app.Leash;
import org.springframework.boot.SpringApplication;

/** Leash as it is, and in the same process a handler that answers a constant: what Spring MVC can do on this machine. */
public final class LeashWithFloor {

    private LeashWithFloor() {}

    public static void main(String[] arguments) {
        new SpringApplication(Leash.class, ConstantController.class, ConstantFilter.class, DatasetLoader.class)
                .run(arguments);
    }
}

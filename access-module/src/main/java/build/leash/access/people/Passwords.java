package build.leash.access.people;

import build.leash.access.api.PlainPassword;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes and compares passwords with Argon2id, a few at a time: each takes 16 MiB while it is computed. */
public final class Passwords {

    private static final int AT_ONCE = 4;

    private final PasswordEncoder argon2;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private final String hashOfNobody;

    Passwords() {
        this(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8());
    }

    Passwords(PasswordEncoder argon2) {
        this.argon2 = argon2;
        this.hashOfNobody = hash(PlainPassword.generate());
    }

    public String hash(PlainPassword password) {
        return inTurn(() -> Objects.requireNonNull(argon2.encode(password.reveal())));
    }

    /**
     * Whether the password has this hash. Takes as long if there is none.
     *
     * @param hash null if the person is unknown or has no password
     */
    boolean matches(String password, @Nullable String hash) {
        boolean matches = inTurn(() -> argon2.matches(password, hash == null ? hashOfNobody : hash));
        return matches && hash != null;
    }

    private <T> T inTurn(Supplier<T> work) {
        slots.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }
}

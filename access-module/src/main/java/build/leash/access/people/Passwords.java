package build.leash.access.people;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Rejected;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Hashes and compares passwords with Argon2id, a few at a time: each takes 16 MiB while it is computed. */
public final class Passwords {

    private static final int AT_ONCE = 4;
    /** How long somebody waits for a turn; behind a flood of attempts it would be for ever. */
    static final Duration MAX_WAIT = Duration.ofSeconds(5);

    private final PasswordEncoder argon2;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);
    private final long maxWaitMillis;
    private volatile @Nullable String hashOfNobody;

    Passwords() {
        this(Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8(), MAX_WAIT);
    }

    Passwords(PasswordEncoder argon2, Duration maxWait) {
        this.argon2 = argon2;
        this.maxWaitMillis = maxWait.toMillis();
    }

    /** @throws Rejected {@link AccessRejection#RATE_LIMITED} if its turn does not come in time */
    public String hash(PlainPassword password) {
        return inTurn(() -> Objects.requireNonNull(argon2.encode(password.reveal())));
    }

    /**
     * Whether the password has this hash. Takes as long if there is none.
     *
     * @param hash null if the person is unknown or has no password
     * @throws Rejected {@link AccessRejection#RATE_LIMITED} if its turn does not come in time
     */
    boolean matches(String password, @Nullable String hash) {
        boolean matches = inTurn(() -> {
            String ofNobody = hashOfNobody();
            return argon2.matches(password, hash == null ? ofNobody : hash);
        });
        return matches && hash != null;
    }

    /** Made by the first comparison, whoever is compared: a start need not wait for it, nor does it tell who is known. */
    private String hashOfNobody() {
        String made = hashOfNobody;
        if (made == null) {
            made = Objects.requireNonNull(argon2.encode(PlainPassword.generate().reveal()));
            hashOfNobody = made;
        }
        return made;
    }

    private <T> T inTurn(Supplier<T> work) {
        takeSlot();
        try {
            return work.get();
        } finally {
            slots.release();
        }
    }

    private void takeSlot() {
        try {
            if (slots.tryAcquire(maxWaitMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new Rejected(AccessRejection.RATE_LIMITED, "Too many passwords are compared at the moment.");
    }
}

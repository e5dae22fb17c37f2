package build.leash.access.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.Rejected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordsTest {

    private static final String PASSWORD = "a sentence is easier to remember";

    private final Counting argon2 = new Counting();
    private final Passwords passwords = new Passwords(argon2, Passwords.MAX_WAIT);

    /** The real one, which remembers what it was asked to compare with. */
    private static final class Counting implements PasswordEncoder {

        private final PasswordEncoder real = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
        private final List<String> compared = new ArrayList<>();

        @Override
        public @Nullable String encode(@Nullable CharSequence password) {
            return real.encode(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            compared.add(hash);
            return real.matches(password, hash);
        }
    }

    @Test
    void recognizesThePasswordAndNoOther() {
        String hash = passwords.hash(new PlainPassword(PASSWORD));
        assertThat(hash).startsWith("$argon2id$").doesNotContain(PASSWORD);
        assertThat(passwords.matches(PASSWORD, hash)).isTrue();
        assertThat(passwords.matches("another sentence altogether", hash)).isFalse();
    }

    @Test
    void computesForSomebodyUnknownWhatItComputesForSomebodyKnown() {
        String hash = passwords.hash(new PlainPassword(PASSWORD));
        assertThat(passwords.matches("a wrong password", hash)).isFalse();
        assertThat(passwords.matches("a wrong password", null)).isFalse();
        assertThat(argon2.compared).as("one hash each").hasSize(2).doesNotContainNull();
        assertThat(costOf(argon2.compared.get(1))).isEqualTo(costOf(argon2.compared.get(0))).contains("m=", "t=", "p=");
    }

    @Test
    void whoWaitsTooLongIsTurnedDown() throws Exception {
        CountDownLatch busy = new CountDownLatch(4);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        PasswordEncoder slow = new Slow(busy, mayGoOn);
        Passwords crowded = new Passwords(slow, Duration.ofMillis(50));
        try (ExecutorService others = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> first = IntStream.range(0, 4)
                    .mapToObj(i -> others.submit(() -> crowded.matches(PASSWORD, "hash"))).toList();
            busy.await();
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> crowded.matches(PASSWORD, "hash"))
                    .returns(AccessRejection.TOO_BUSY, Rejected::rejection);
            mayGoOn.countDown();
            for (Future<Boolean> one : first) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(crowded.matches(PASSWORD, "hash")).as("when it is its turn").isTrue();
    }

    /** Compares when it is told to. */
    private record Slow(CountDownLatch busy, CountDownLatch mayGoOn) implements PasswordEncoder {

        @Override
        public String encode(@Nullable CharSequence password) {
            return "hash";
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
            busy.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return true;
        }
    }

    @Test
    void nobodysHashOpensNothing() {
        passwords.matches(PASSWORD, null);
        assertThat(passwords.matches("", null)).isFalse();
        assertThat(argon2.compared).hasSize(2);
    }

    /** Algorithm, version, memory, passes and lanes. */
    private static String costOf(String hash) {
        return hash.substring(0, hash.lastIndexOf('$', hash.lastIndexOf('$') - 1));
    }
}

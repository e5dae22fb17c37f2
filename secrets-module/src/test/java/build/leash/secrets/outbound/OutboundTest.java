package build.leash.secrets.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.secrets.api.SecretsRejection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No request reaches an address inside, whatever the URL and whatever the resolver says. */
class OutboundTest {

    private static final String PUBLIC = "93.184.215.14";

    private ServerSocket inside;
    private final AtomicInteger connections = new AtomicInteger();

    @BeforeEach
    void somethingListensInside() throws IOException {
        inside = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!inside.isClosed()) {
                try {
                    inside.accept().close();
                    connections.incrementAndGet();
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    @AfterEach
    void nothingListens() throws IOException {
        inside.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "localhost", "[::1]", "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "0.0.0.0", "[::]"})
    void reachesNothingOnThisMachine(String host) {
        Outbound outbound = outbound(InetAddress::getAllByName);
        assertThat(failure(outbound, "https://" + host + ":" + inside.getLocalPort() + "/"))
                .isEqualTo("address_not_allowed");
        assertThat(failure(outbound, "https://" + host + "/")).isEqualTo("address_not_allowed");
        assertThat(connections).hasValue(0);
    }

    /** As literals in the URL, and as what a name leads to. */
    @ParameterizedTest
    @ValueSource(strings = {"10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1", "169.254.169.254",
            "169.254.170.2",
            "100.64.0.1", "100.100.100.200", "0.1.2.3", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1",
            "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
            "168.63.129.16", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "::7f00:1", "64:ff9b::7f00:1",
            "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1"})
    void reachesNoAddressThatIsSetAside(String address) {
        String literal = address.contains(":") ? "[" + address + "]" : address;
        assertThat(failure(outbound(InetAddress::getAllByName), "https://" + literal + "/"))
                .isEqualTo("address_not_allowed");
        assertThat(failure(outbound(host -> addresses(address)), "https://innocent.example/"))
                .isEqualTo("address_not_allowed");
    }

    @Test
    void oneAddressInsideIsEnoughToRefuseAName() {
        assertThat(failure(outbound(host -> addresses(PUBLIC, "127.0.0.1")), "https://mixed.example/"))
                .isEqualTo("address_not_allowed");
    }

    /** Public when it is looked at, inside when it is connected to: there is no second look-up to fool. */
    @Test
    void aNameThatIsReboundIsLookedUpOncePerRequestAndCheckedThen() {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.1", PUBLIC, "127.0.0.1"));
        AtomicInteger lookUps = new AtomicInteger();
        Outbound outbound = outbound(host -> {
            lookUps.incrementAndGet();
            return addresses(answers.isEmpty() ? "127.0.0.1" : answers.pop());
        });
        String url = "https://rebind.example/";
        assertThat(failure(outbound, url)).isEqualTo("address_not_allowed");
        assertThat(failure(outbound, url)).isIn("timeout", "unreachable", "tls");
        assertThat(failure(outbound, url)).isEqualTo("address_not_allowed");
        assertThat(lookUps).hasValue(3);
        assertThat(connections).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource({"22", "25", "80", "6379", "8080", "9200"})
    void reachesPublicAddressesOnUsualPortsOnly(int port) {
        assertThat(failure(outbound(host -> addresses(PUBLIC)), "https://innocent.example:" + port + "/"))
                .isEqualTo("address_not_allowed");
    }

    @Test
    void anOperatorCanListWhatIsInside() {
        Outbound outbound = outbound(InetAddress::getAllByName, "127.0.0.0/8");
        assertThat(failure(outbound, "https://127.0.0.1:" + inside.getLocalPort() + "/")).isIn("tls", "unreachable");
        assertThat(connections.get()).isPositive();
        assertThat(failure(outbound, "https://[::1]/")).isEqualTo("address_not_allowed");
    }

    @Test
    void aNameWithoutAnAddressIsUnknown() {
        assertThat(failure(outbound(host -> {
            throw new UnknownHostException(host);
        }), "https://nobody.example/")).isEqualTo("unknown_host");
    }

    /** What one organization asks, and what somebody pretends not to hear, leaves the others their turns. */
    @Test
    void oneOrganizationHasAPartOfTheTurnsOnly() {
        CountDownLatch heard = new CountDownLatch(1);
        Outbound outbound = OutboundConfiguration.outbound(properties(Duration.ofMillis(300), 16), host -> {
            if (host.equals("slow.example")) {
                waitHoweverOftenInterrupted(heard);
            }
            return addresses("127.0.0.1");
        });
        OrganizationId greedy = OrganizationId.random();
        try (ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> asked = Stream.generate(() -> asking.submit(
                    () -> failure(outbound, greedy, "https://slow.example/"))).limit(40).toList();
            List<String> outcomes = asked.stream().map(OutboundTest::resultOf).toList();
            assertThat(outcomes.stream().filter("timeout"::equals)).as("had a turn").hasSize(2);
            assertThat(outcomes.stream().filter(SecretsRejection.SECRETS_UNAVAILABLE.name()::equals))
                    .as("were not asked, which is nobody else's fault").hasSize(38);
            for (int i = 0; i < 16; i++) {
                assertThat(failure(outbound, OrganizationId.random(), "https://quick.example/"))
                        .isEqualTo("address_not_allowed");
            }
        } finally {
            heard.countDown();
        }
    }

    private static void waitHoweverOftenInterrupted(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // a look-up in the operating system is not interrupted either
            }
        }
    }

    private static String resultOf(Future<String> asked) {
        try {
            return asked.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.0", "10.0.0.0/33", "::/129", "localhost/8", "1.2.3/8", "a/b", "10.0.0.0/-1"})
    void whatIsNoRangeStopsTheStart(String range) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Network.of(range));
    }

    private static Outbound outbound(NameResolver names, String... allowed) {
        return OutboundConfiguration.outbound(properties(Duration.ofSeconds(2), 4, allowed), names);
    }

    private static OutboundProperties properties(Duration timeout, int concurrent, String... allowed) {
        return new OutboundProperties(List.of(allowed), null, Duration.ofMillis(200), timeout, 1_000, concurrent);
    }

    private static String failure(Outbound outbound, String url) {
        return failure(outbound, OrganizationId.random(), url);
    }

    private static String failure(Outbound outbound, OrganizationId organization, String url) {
        try {
            return "answered " + outbound.get(organization, OutboundUrl.of(url), Map.of());
        } catch (OutboundFailure e) {
            return e.reason();
        } catch (Rejected e) {
            return e.rejection().name();
        }
    }

    private static InetAddress[] addresses(String... literals) {
        return Arrays.stream(literals).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }
}

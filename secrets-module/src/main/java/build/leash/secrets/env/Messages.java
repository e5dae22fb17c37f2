package build.leash.secrets.env;

import build.leash.access.api.Rejected;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.Vault;
import build.leash.secrets.outbound.Outbound;
import build.leash.secrets.outbound.OutboundFailure;
import build.leash.secrets.outbound.OutboundUrl;
import build.leash.secrets.outbound.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Tells owners what is to be told, at least once each: the id of a message stays the same over all tries. A message is
 * tried for about a day, ever more seldom.
 */
final class Messages implements AutoCloseable {

    /** With the pauses between them, which double, 22 hours and three quarters. */
    static final int MAX_ATTEMPTS = 13;
    private static final int AT_ONCE = 16;
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(20);
    private static final Logger LOG = LoggerFactory.getLogger(Messages.class);

    private final StoredNotifications stored;
    private final Vault vault;
    private final Outbound outbound;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Messages(StoredNotifications stored, Vault vault, Outbound outbound, Clock clock) {
        this.stored = stored;
        this.vault = vault;
        this.outbound = outbound;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sendWhatIsDue() {
        try {
            stored.take(clock.instant(), LEASE, AT_ONCE).forEach(message -> threads.execute(() -> send(message)));
        } catch (DataAccessException e) {
            LOG.warn("Notifications cannot be sent now: {}", e.getClass().getSimpleName());
        }
    }

    private void send(StoredNotifications.Message message) {
        try {
            StoredNotifications.Target target = stored.target(message.organization()).orElse(null);
            if (target != null && target.url() != null && target.secret() != null) {
                post(message, OutboundUrl.of(target.url()), target.secret());
            }
            stored.remove(message);
        } catch (OutboundFailure e) {
            tryLater(message, e.reason());
        } catch (Rejected e) {
            tryLater(message, e.rejection().name());
        } catch (DataAccessException e) {
            LOG.warn("A notification cannot be sent now: {}", e.getClass().getSimpleName());
        } catch (RuntimeException e) {
            tryLater(message, e.getClass().getName());
        }
    }

    private void post(StoredNotifications.Message message, OutboundUrl url, SecretRef secret) throws OutboundFailure {
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        try (PlainSecret plain = vault.open(SourcePurpose.notifications(message.organization()), secret)) {
            Outbound.Answer _ = outbound.postJson(message.organization(), url,
                    Signature.headers(plain.reveal(), "msg_" + message.id(), clock.instant(), body), body);
        }
    }

    private void tryLater(StoredNotifications.Message message, String reason) {
        if (message.attempts() >= MAX_ATTEMPTS) {
            LOG.warn("A notification of organization {} was given up: {}", message.organization(), reason);
            stored.remove(message);
            return;
        }
        stored.again(message, clock.instant().plus(FIRST_PAUSE.multipliedBy(1L << (message.attempts() - 1))));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

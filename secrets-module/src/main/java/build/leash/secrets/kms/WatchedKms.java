package build.leash.secrets.kms;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.KmsHealth;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A provider, with every call timed and counted by its outcome ({@code leash.kms.calls}), and turned down at once while
 * the provider as a whole is out of reach ({@code leash.kms.reachable}).
 */
final class WatchedKms implements Kms {

    private final Kms kms;
    private final Reach reach;
    private final MeterRegistry meters;

    WatchedKms(Kms kms, MeterRegistry meters, Clock clock, Ticker ticker) {
        this.kms = kms;
        this.meters = meters;
        this.reach = new Reach(kms.provider(), clock, ticker);
        Gauge.builder("leash.kms.reachable", reach, it -> it.health().reachable() ? 1 : 0)
                .description("1 if the provider's latest calls got an answer").tag("provider", kms.provider())
                .strongReference(true).register(meters);
    }

    KmsHealth.Provider health() {
        return reach.health();
    }

    @Override
    public String provider() {
        return kms.provider();
    }

    @Override
    public String createKey(OrganizationId organization) {
        return administered("create", organization.toString(), () -> kms.createKey(organization));
    }

    @Override
    public String adopt(OrganizationId organization, String keyName) {
        return watched("adopt", keyName, () -> kms.adopt(organization, keyName));
    }

    @Override
    public WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad) {
        return watched("wrap", keyName, () -> kms.wrap(keyName, dataKey, aad));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] aad) {
        return watched("unwrap", wrapped.keyName(), () -> kms.unwrap(wrapped, aad));
    }

    @Override
    public KeyDescription describe(String keyName) {
        return administered("describe", keyName, () -> kms.describe(keyName));
    }

    @Override
    public String addVersion(String keyName) {
        return administered("rotate", keyName, () -> kms.addVersion(keyName));
    }

    @Override
    public void makePrimary(String keyName, String version) {
        administered("make_primary", keyName, () -> {
            kms.makePrimary(keyName, version);
            return version;
        });
    }

    @Override
    public List<KeyVersion> scheduleDestruction(String keyName) {
        return administered("destroy", keyName, () -> kms.scheduleDestruction(keyName));
    }

    /** An answer says that the service is in reach, and silence that it is not. */
    private <T> T watched(String operation, String keyName, Supplier<T> call) {
        return timed(operation, keyName, call, e -> reach.silent(keyName, e.kind()));
    }

    /**
     * Silence says nothing about wrapping and unwrapping: administration has a quota of its own, far lower
     * (cloud.google.com/kms/quotas), and whoever looks at keys often must not keep anybody from using them.
     */
    private <T> T administered(String operation, String keyName, Supplier<T> call) {
        return timed(operation, keyName, call, e -> {});
    }

    private <T> T timed(String operation, String keyName, Supplier<T> call, Consumer<KmsUnreachable> whenSilent) {
        Timer.Sample sample = Timer.start(meters);
        try {
            mustBeInReach(keyName);
            T answer = call.get();
            reach.answered();
            record(sample, operation, "ok", "none");
            return answer;
        } catch (KmsException e) {
            note(e, whenSilent);
            record(sample, operation, outcome(e), e.kind());
            throw e;
        }
    }

    private void mustBeInReach(String keyName) {
        if (!reach.allowsCall(keyName)) {
            throw new KmsUnreachable(KmsUnreachable.Reason.CIRCUIT_OPEN, "The key management service " + provider()
                    + " is out of reach");
        }
    }

    private void note(KmsException e, Consumer<KmsUnreachable> whenSilent) {
        switch (e) {
            case KmsUnreachable unreachable when unreachable.wasTried() -> whenSilent.accept(unreachable);
            case KmsUnreachable notTried -> {
            }
            case KmsRefused refused -> reach.answered();
            case KmsCorrupted corrupted -> reach.answered();
        }
    }

    private void record(Timer.Sample sample, String operation, String outcome, String kind) {
        sample.stop(Timer.builder("leash.kms.calls").description("Calls to key management services")
                .tags("provider", provider(), "operation", operation, "outcome", outcome, "kind", kind)
                .register(meters));
    }

    private static String outcome(KmsException e) {
        return switch (e) {
            case KmsRefused refused -> "refused";
            case KmsUnreachable unreachable -> "unreachable";
            case KmsCorrupted corrupted -> "corrupted";
        };
    }
}

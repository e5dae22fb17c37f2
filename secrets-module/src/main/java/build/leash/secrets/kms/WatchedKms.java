package build.leash.secrets.kms;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.KmsHealth;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * A provider, with every call timed and counted by its outcome ({@code leash.kms.calls}), and turned down at once while
 * the provider as a whole is out of reach ({@code leash.kms.reachable}).
 */
final class WatchedKms implements Kms {

    private final Kms kms;
    private final Reach reach;
    private final MeterRegistry meters;

    WatchedKms(Kms kms, MeterRegistry meters, Clock clock) {
        this.kms = kms;
        this.meters = meters;
        this.reach = new Reach(kms.provider(), clock);
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
        return watched("create", organization.toString(), () -> kms.createKey(organization));
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
        return watched("describe", keyName, () -> kms.describe(keyName));
    }

    @Override
    public String rotate(String keyName) {
        return watched("rotate", keyName, () -> kms.rotate(keyName));
    }

    @Override
    public void disable(String keyName, String version) {
        watched("disable", keyName, () -> {
            kms.disable(keyName, version);
            return version;
        });
    }

    @Override
    public void enable(String keyName, String version) {
        watched("enable", keyName, () -> {
            kms.enable(keyName, version);
            return version;
        });
    }

    @Override
    public KeyVersion scheduleDestruction(String keyName, String version) {
        return watched("destroy", keyName, () -> kms.scheduleDestruction(keyName, version));
    }

    @Override
    public List<KeyVersion> scheduleDestruction(String keyName) {
        return watched("destroy", keyName, () -> kms.scheduleDestruction(keyName));
    }

    private <T> T watched(String operation, String keyName, Supplier<T> call) {
        Timer.Sample sample = Timer.start(meters);
        try {
            mustBeInReach();
            T answer = call.get();
            reach.answered();
            record(sample, operation, "ok", "none");
            return answer;
        } catch (KmsException e) {
            note(e, keyName);
            record(sample, operation, outcome(e), e.kind());
            throw e;
        }
    }

    private void mustBeInReach() {
        if (!reach.allowsCall()) {
            throw new KmsUnreachable(KmsUnreachable.Reason.CIRCUIT_OPEN, "The key management service " + provider()
                    + " is out of reach");
        }
    }

    private void note(KmsException e, String keyName) {
        switch (e) {
            case KmsUnreachable unreachable when unreachable.wasTried() -> reach.silent(keyName, e.kind());
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

package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One version of a key. A version whose time has come is destroyed the next time that somebody looks. */
final class EmulatedVersion {

    private static final int KEY_BYTES = 32;

    private final String name;
    private byte[] material = new byte[KEY_BYTES];
    private CryptoKeyVersionState state = CryptoKeyVersionState.ENABLED;
    private @Nullable Instant destroyAt;

    EmulatedVersion(String name) {
        this.name = name;
        new SecureRandom().nextBytes(material);
    }

    void isBeingGenerated() {
        state = CryptoKeyVersionState.PENDING_GENERATION;
    }

    void isGenerated() {
        if (state == CryptoKeyVersionState.PENDING_GENERATION) {
            state = CryptoKeyVersionState.ENABLED;
        }
    }

    String name() {
        return name;
    }

    byte[] usableMaterial(Instant now) {
        if (stateAt(now) != CryptoKeyVersionState.ENABLED) {
            throw Status.FAILED_PRECONDITION.withDescription(name + " is not enabled, current state is: " + state)
                    .asRuntimeException();
        }
        return material;
    }

    void change(CryptoKeyVersionState to, Instant now) {
        CryptoKeyVersionState from = stateAt(now);
        boolean toggles = from == CryptoKeyVersionState.ENABLED || from == CryptoKeyVersionState.DISABLED;
        boolean allowed = to == CryptoKeyVersionState.ENABLED || to == CryptoKeyVersionState.DISABLED;
        precondition(toggles && allowed);
        state = to;
    }

    void scheduleDestruction(Instant at, Instant now) {
        CryptoKeyVersionState from = stateAt(now);
        precondition(from == CryptoKeyVersionState.ENABLED || from == CryptoKeyVersionState.DISABLED);
        state = CryptoKeyVersionState.DESTROY_SCHEDULED;
        destroyAt = at;
    }

    void restore(Instant now) {
        precondition(stateAt(now) == CryptoKeyVersionState.DESTROY_SCHEDULED);
        state = CryptoKeyVersionState.DISABLED;
        destroyAt = null;
    }

    CryptoKeyVersion describe(Instant now) {
        CryptoKeyVersion.Builder version = CryptoKeyVersion.newBuilder().setName(name).setState(stateAt(now));
        Instant at = destroyAt;
        if (at != null) {
            version.setDestroyTime(Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()));
        }
        return version.build();
    }

    private CryptoKeyVersionState stateAt(Instant now) {
        Instant at = destroyAt;
        if (state == CryptoKeyVersionState.DESTROY_SCHEDULED && at != null && !now.isBefore(at)) {
            state = CryptoKeyVersionState.DESTROYED;
            material = new byte[0];
        }
        return state;
    }

    private void precondition(boolean holds) {
        if (!holds) {
            throw Status.FAILED_PRECONDITION.withDescription(name + " is " + state).asRuntimeException();
        }
    }
}

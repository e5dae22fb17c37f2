package build.leash.secrets.kms.gcp;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KeyDescription;
import build.leash.secrets.kms.KeyVersion;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsProbe;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.WrappedKey;
import build.leash.secrets.kms.gcp.Statuses.Operation;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * Google Cloud KMS: a symmetric CryptoKey per organization, made in the configured key ring or brought by the
 * organization (cloud.google.com/kms/docs/envelope-encryption).
 *
 * <p>
 * Of a key that was brought, only {@code roles/cloudkms.cryptoKeyEncrypterDecrypter} is needed; describing and rotating
 * it need more, and are refused without.
 */
public final class GcpKms implements Kms, AutoCloseable {

    private final KeyManagementServiceClient client;
    private final GcpProperties properties;
    private final String keyRing;
    private final CheckedCipher cipher;
    private final KeyRingAdministration administration;
    private final KeyGuards guards;

    /** @throws IllegalArgumentException if the key ring is missing or has no full name */
    public GcpKms(GcpProperties properties, MeterRegistry meters) {
        this.keyRing = String.valueOf(properties.keyRing());
        if (!GcpKeyName.isKeyRing(keyRing)) {
            throw new IllegalArgumentException("leash.kms.gcp.key-ring has the form"
                    + " projects/…/locations/…/keyRings/…");
        }
        this.properties = properties;
        this.client = KmsConnection.open(properties);
        this.cipher = new CheckedCipher(client);
        this.administration = new KeyRingAdministration(client);
        this.guards = new KeyGuards(properties);
        Gauge.builder("leash.kms.circuits.open", guards, KeyGuards::openCircuits)
                .description("Keys that are left alone for a moment because their latest calls came to nothing")
                .tag("provider", provider()).strongReference(true).register(meters);
    }

    @Override
    public String provider() {
        return "gcp";
    }

    @Override
    public String createKey(OrganizationId organization) {
        String keyName = GcpKeyName.inRing(keyRing, organization);
        return administered(keyName, () -> administration.createKey(keyRing, organization, properties));
    }

    @Override
    public String adopt(OrganizationId organization, String keyName) {
        GcpKeyName.mustBeKey(keyName);
        if (keyName.startsWith(keyRing + "/") && !keyName.equals(GcpKeyName.inRing(keyRing, organization))) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, "This key ring is for keys that are made here");
        }
        return KmsProbe.of(this, keyName);
    }

    @Override
    public WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad) {
        GcpKeyName.mustBeKey(keyName);
        return guards.call(Operation.ENCRYPT, keyName, () -> cipher.encrypt(keyName, dataKey, aad));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] aad) {
        GcpKeyName.mustBeKey(wrapped.keyName());
        return guards.call(Operation.DECRYPT, wrapped.keyName(), () -> cipher.decrypt(wrapped, aad));
    }

    @Override
    public KeyDescription describe(String keyName) {
        GcpKeyName.mustBeKey(keyName);
        return administered(keyName, () -> administration.describe(keyName));
    }

    /** A try that timed out may have added a version too: then there is one more than needed. */
    @Override
    public String addVersion(String keyName) {
        GcpKeyName.mustBeKey(keyName);
        return administered(keyName, () -> administration.addVersion(keyName));
    }

    @Override
    public void makePrimary(String keyName, String version) {
        GcpKeyName.mustBeKey(keyName);
        String name = GcpKeyName.version(keyName, version);
        boolean done = administered(keyName, () -> administration.isGenerated(name))
                && administered(keyName, () -> administration.makePrimary(keyName, version)).equals(version);
        if (!done) {
            throw new KmsUnreachable(KmsUnreachable.Reason.UNAVAILABLE, name + " is not the primary version yet");
        }
    }

    @Override
    public List<KeyVersion> scheduleDestruction(String keyName) {
        GcpKeyName.mustBeKey(keyName);
        administered(keyName, () -> administration.stopAutomaticRotation(keyName));
        describe(keyName).versions().stream().filter(KeyVersion::canBeDestroyed)
                .map(version -> GcpKeyName.version(keyName, version.id()))
                .forEach(name -> administered(keyName, () -> administration.destroy(keyName, name)));
        return describe(keyName).versions();
    }

    /** Ends the connection. */
    @Override
    public void close() {
        client.close();
    }

    private <T> T administered(String keyName, Supplier<T> request) {
        return guards.call(Operation.ADMINISTER, keyName, request);
    }
}

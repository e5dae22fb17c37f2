package build.leash.secrets.kms.gcp;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.KeyDescription;
import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KeyVersion;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsRefused;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.cloud.kms.v1.CryptoKeyVersionTemplate;
import com.google.cloud.kms.v1.KeyManagementServiceClient;
import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The calls that make, describe, change and destroy keys; one try each. What is answered must be about what was asked:
 * it is corrupted otherwise.
 */
final class KeyRingAdministration {

    private static final String ORGANIZATION_LABEL = "leash-organization";

    private final KeyManagementServiceClient client;

    KeyRingAdministration(KeyManagementServiceClient client) {
        this.client = client;
    }

    String createKey(String keyRing, OrganizationId organization, GcpProperties properties) {
        String name = GcpKeyName.inRing(keyRing, organization);
        CryptoKey key;
        try {
            key = client.createCryptoKey(keyRing, GcpKeyName.idFor(organization), wanted(organization, properties));
        } catch (AlreadyExistsException e) {
            key = client.getCryptoKey(name);
        }
        mustBeAbout(name, key.getName());
        if (key.getPurpose() != CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, key.getName() + " is for " + key.getPurpose());
        }
        return name;
    }

    KeyDescription describe(String keyName) {
        CryptoKey key = client.getCryptoKey(keyName);
        mustBeAbout(keyName, key.getName());
        String primary = GcpKeyName.versionOf(keyName, key.getPrimary().getName());
        List<KeyVersion> versions = StreamSupport
                .stream(client.listCryptoKeyVersions(keyName).iterateAll().spliterator(), false)
                .limit(Kms.MAX_VERSIONS).map(version -> described(keyName, version))
                .sorted(Comparator.comparingLong((KeyVersion version) -> Long.parseLong(version.id())).reversed())
                .toList();
        return new KeyDescription(keyName, primary.isEmpty() ? null : primary, versions);
    }

    /** Answers the new version's id. */
    String addVersion(String keyName) {
        CryptoKeyVersion added = client.createCryptoKeyVersion(keyName, CryptoKeyVersion.getDefaultInstance());
        return described(keyName, added).id();
    }

    /** Not at once in an HSM. */
    boolean isGenerated(String versionName) {
        CryptoKeyVersion version = client.getCryptoKeyVersion(versionName);
        mustBeAbout(versionName, version.getName());
        return version.getState() != CryptoKeyVersionState.PENDING_GENERATION;
    }

    /** Answers the version that is the primary one then. */
    String makePrimary(String keyName, String version) {
        CryptoKey key = client.updateCryptoKeyPrimaryVersion(keyName, version);
        mustBeAbout(keyName, key.getName());
        return GcpKeyName.versionOf(keyName, key.getPrimary().getName());
    }

    /** Is refused if the version is destroyed already, which is as good. */
    KeyVersion destroy(String keyName, String versionName) {
        try {
            return described(keyName, versionName, client.destroyCryptoKeyVersion(versionName));
        } catch (FailedPreconditionException e) {
            KeyVersion version = described(keyName, versionName, client.getCryptoKeyVersion(versionName));
            if (version.canBeDestroyed()) {
                throw e;
            }
            return version;
        }
    }

    String stopAutomaticRotation(String keyName) {
        CryptoKey key = client.updateCryptoKey(CryptoKey.newBuilder().setName(keyName).build(),
                mask("rotation_period", "next_rotation_time"));
        mustBeAbout(keyName, key.getName());
        return keyName;
    }

    private static CryptoKey wanted(OrganizationId organization, GcpProperties properties) {
        Instant nextRotation = Instant.now().plus(properties.rotationPeriod());
        return CryptoKey.newBuilder().setPurpose(CryptoKey.CryptoKeyPurpose.ENCRYPT_DECRYPT)
                .setVersionTemplate(CryptoKeyVersionTemplate.newBuilder()
                        .setProtectionLevel(properties.protectionLevel())
                        .setAlgorithm(CryptoKeyVersionAlgorithm.GOOGLE_SYMMETRIC_ENCRYPTION))
                .setRotationPeriod(duration(properties.rotationPeriod()))
                .setNextRotationTime(Timestamp.newBuilder().setSeconds(nextRotation.getEpochSecond()))
                .setDestroyScheduledDuration(duration(properties.destroyAfter()))
                .putAllLabels(properties.labels()).putLabels(ORGANIZATION_LABEL, organization.toString()).build();
    }

    private static KeyVersion described(String keyName, String versionName, CryptoKeyVersion version) {
        mustBeAbout(versionName, version.getName());
        return described(keyName, version);
    }

    private static KeyVersion described(String keyName, CryptoKeyVersion version) {
        String id = GcpKeyName.versionOf(keyName, version.getName());
        if (id.isEmpty()) {
            throw wrongKey(keyName);
        }
        KeyState state = switch (version.getState()) {
            case ENABLED -> KeyState.ENABLED;
            case DISABLED -> KeyState.DISABLED;
            case DESTROY_SCHEDULED -> KeyState.DESTRUCTION_SCHEDULED;
            case DESTROYED -> KeyState.DESTROYED;
            default -> KeyState.OTHER;
        };
        return new KeyVersion(id, state, destroyedAt(version));
    }

    private static void mustBeAbout(String asked, String answered) {
        if (!answered.equals(asked)) {
            throw wrongKey(asked);
        }
    }

    private static KmsCorrupted wrongKey(String asked) {
        return new KmsCorrupted(KmsCorrupted.Reason.WRONG_KEY, "Cloud KMS answers about something else than " + asked);
    }

    private static @Nullable Instant destroyedAt(CryptoKeyVersion version) {
        if (version.hasDestroyEventTime()) {
            return instant(version.getDestroyEventTime());
        }
        return version.hasDestroyTime() ? instant(version.getDestroyTime()) : null;
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder().setSeconds(duration.toSeconds()).build();
    }

    private static FieldMask mask(String... paths) {
        return FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
    }
}

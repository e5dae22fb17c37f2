package build.leash.secrets.kms.emulator;

import com.google.cloud.kms.v1.CryptoKey;
import com.google.cloud.kms.v1.CryptoKey.CryptoKeyPurpose;
import com.google.cloud.kms.v1.CryptoKeyVersion;
import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionState;
import com.google.protobuf.FieldMask;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A symmetric key. A ciphertext begins with the number of the version that made it, then the nonce. */
final class EmulatedKey {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST = Integer.BYTES + NONCE_BYTES + TAG_BITS / Byte.SIZE;

    private final String name;
    private final List<EmulatedVersion> versions = new ArrayList<>();
    private CryptoKey settings;
    private EmulatedVersion primary;
    private boolean holdsGeneration;

    EmulatedKey(String name, CryptoKey settings) {
        this.name = name;
        this.settings = settings;
        this.primary = new EmulatedVersion(name + "/cryptoKeyVersions/1");
        versions.add(primary);
    }

    synchronized CryptoKey describe(Instant now) {
        return settings.toBuilder().setName(name).setPrimary(primary.describe(now)).build();
    }

    synchronized List<CryptoKeyVersion> describeVersions(Instant now) {
        return versions.stream().map(version -> version.describe(now)).toList();
    }

    synchronized CryptoKeyVersion addVersion(Instant now) {
        EmulatedVersion added = new EmulatedVersion(name + "/cryptoKeyVersions/" + (versions.size() + 1));
        if (holdsGeneration) {
            added.isBeingGenerated();
        }
        versions.add(added);
        return added.describe(now);
    }

    /** Versions that are added from now on are not ready before {@link #finishGeneration}. */
    synchronized void holdGeneration() {
        holdsGeneration = true;
    }

    synchronized void finishGeneration() {
        holdsGeneration = false;
        versions.forEach(EmulatedVersion::isGenerated);
    }

    synchronized CryptoKey makePrimary(String id, Instant now) {
        EmulatedVersion next = version(name + "/cryptoKeyVersions/" + id);
        next.usableMaterial(now);
        primary = next;
        return describe(now);
    }

    synchronized CryptoKeyVersion describeVersion(String version, Instant now) {
        return version(version).describe(now);
    }

    synchronized CryptoKeyVersion change(String version, CryptoKeyVersionState to, Instant now) {
        version(version).change(to, now);
        return version(version).describe(now);
    }

    synchronized CryptoKeyVersion destroy(String version, Instant now) {
        Duration kept = Duration.ofSeconds(settings.getDestroyScheduledDuration().getSeconds());
        version(version).scheduleDestruction(now.plus(kept), now);
        return version(version).describe(now);
    }

    synchronized CryptoKeyVersion restore(String version, Instant now) {
        version(version).restore(now);
        return version(version).describe(now);
    }

    synchronized CryptoKey update(CryptoKey to, FieldMask mask, Instant now) {
        CryptoKey.Builder changed = settings.toBuilder();
        for (String path : mask.getPathsList()) {
            var field = CryptoKey.getDescriptor().findFieldByName(path);
            if (to.hasField(field)) {
                changed.setField(field, to.getField(field));
            } else {
                changed.clearField(field);
            }
        }
        settings = changed.build();
        return describe(now);
    }

    /** What a version signs with; only of a key that was made for it. */
    synchronized byte[] signingMaterial(String version, Instant now) {
        if (settings.getPurpose() != CryptoKeyPurpose.ASYMMETRIC_SIGN) {
            throw Status.INVALID_ARGUMENT.withDescription(name + " is not for signing").asRuntimeException();
        }
        return version(version).usableMaterial(now);
    }

    /** The version that encrypted, and what came of it. */
    record Encrypted(String version, byte[] ciphertext) {}

    synchronized Encrypted encrypt(byte[] plaintext, byte[] aad, Instant now) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        byte[] encrypted = crypt(Cipher.ENCRYPT_MODE, primary.usableMaterial(now), nonce, plaintext, aad);
        return new Encrypted(primary.name(), ByteBuffer.allocate(Integer.BYTES + NONCE_BYTES + encrypted.length)
                .putInt(versions.indexOf(primary)).put(nonce).put(encrypted).array());
    }

    /** The version that decrypted, and the plaintext. */
    record Decrypted(String version, byte[] plaintext) {}

    synchronized Decrypted decrypt(byte[] ciphertext, byte[] aad, Instant now) {
        if (ciphertext.length < SHORTEST) {
            throw notAuthentic();
        }
        ByteBuffer parts = ByteBuffer.wrap(ciphertext);
        int index = parts.getInt();
        if (index < 0 || index >= versions.size()) {
            throw notAuthentic();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        parts.get(nonce);
        byte[] rest = new byte[parts.remaining()];
        parts.get(rest);
        EmulatedVersion version = versions.get(index);
        return new Decrypted(version.name(),
                crypt(Cipher.DECRYPT_MODE, version.usableMaterial(now), nonce, rest, aad));
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, byte[] input, byte[] aad) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD("emulated".getBytes(StandardCharsets.US_ASCII));
            cipher.updateAAD(aad);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw notAuthentic();
        }
    }

    private EmulatedVersion version(String version) {
        return versions.stream().filter(it -> it.name().equals(version)).findAny()
                .orElseThrow(() -> Status.NOT_FOUND.asRuntimeException());
    }

    private static RuntimeException notAuthentic() {
        return Status.INVALID_ARGUMENT
                .withDescription("Decryption failed: verify that 'name' refers to the correct CryptoKey.")
                .asRuntimeException();
    }
}

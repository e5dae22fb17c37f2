package build.leash.secrets.kms.local;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.kms.AesGcm;
import build.leash.secrets.kms.KeyDescription;
import build.leash.secrets.kms.KeyState;
import build.leash.secrets.kms.KeyVersion;
import build.leash.secrets.kms.Kms;
import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsProbe;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import build.leash.secrets.kms.WrappedKey;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * The provider for one machine: KEKs in a keyring file that only the operating system's user can read. Destruction is
 * at once: there is no time for second thoughts.
 */
public final class LocalKms implements Kms {

    private static final String PREFIX = "local/";

    private final Keyring keyring;

    /** @param keyring the file with the KEKs; made when it is needed, in a directory that exists */
    public LocalKms(Path keyring) {
        this.keyring = new Keyring(keyring);
    }

    @Override
    public String provider() {
        return "local";
    }

    @Override
    public String createKey(OrganizationId organization) {
        String name = PREFIX + organization;
        if (keyring.versions(name).isEmpty()) {
            byte[] material = AesGcm.randomKey();
            keyring.addIfAbsent(name, material);
            Arrays.fill(material, (byte) 0);
        }
        return name;
    }

    /** Only the key that this provider made for the organization. */
    @Override
    public String adopt(OrganizationId organization, String keyName) {
        if (!keyName.equals(PREFIX + organization)) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, "The local provider takes no keys from elsewhere");
        }
        return KmsProbe.of(this, keyName);
    }

    @Override
    public WrappedKey wrap(String keyName, byte[] dataKey, byte[] aad) {
        KeyringLine primary = versions(keyName).getFirst();
        return new WrappedKey(keyName, Integer.toString(primary.version()), cipher(primary).encrypt(dataKey, aad));
    }

    @Override
    public byte[] unwrap(WrappedKey wrapped, byte[] aad) {
        KeyringLine line = version(wrapped.keyName(), wrapped.keyVersion());
        try {
            return cipher(line).decrypt(wrapped.ciphertext(), aad);
        } catch (GeneralSecurityException e) {
            throw new KmsCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC,
                    "A data key does not unwrap under " + wrapped.keyName());
        }
    }

    @Override
    public KeyDescription describe(String keyName) {
        List<KeyringLine> versions = versions(keyName);
        return new KeyDescription(keyName, Integer.toString(versions.getFirst().version()),
                versions.stream().limit(MAX_VERSIONS).map(KeyringLine::described).toList());
    }

    /** Wraps from now on. */
    @Override
    public String addVersion(String keyName) {
        versions(keyName);
        byte[] material = AesGcm.randomKey();
        int version = keyring.addVersion(keyName, material);
        Arrays.fill(material, (byte) 0);
        return Integer.toString(version);
    }

    @Override
    public void makePrimary(String keyName, String version) {
        if (!versions(keyName).getFirst().id().equals(version(keyName, version).id())) {
            throw new KmsRefused(KmsRefused.Reason.UNSUITABLE, "Only the newest version of a local key wraps");
        }
    }

    @Override
    public List<KeyVersion> scheduleDestruction(String keyName) {
        versions(keyName);
        keyring.change(keyName, line -> line.in(KeyState.DESTROYED));
        return versions(keyName).stream().map(KeyringLine::described).toList();
    }

    private static AesGcm cipher(KeyringLine line) {
        if (line.state() != KeyState.ENABLED) {
            throw new KmsRefused(KmsRefused.Reason.NOT_USABLE,
                    line.name() + ", version " + line.version() + " is " + line.state());
        }
        byte[] material = material(line);
        try {
            return AesGcm.with(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private static byte[] material(KeyringLine line) {
        try {
            byte[] material = line.material();
            if (material.length == AesGcm.KEY_BYTES) {
                return material;
            }
            throw unreadable(line);
        } catch (IllegalArgumentException e) {
            throw unreadable(line);
        }
    }

    private static KmsUnreachable unreadable(KeyringLine line) {
        return new KmsUnreachable(KmsUnreachable.Reason.FAILED, "The keyring's material of " + line.name()
                + ", version " + line.version() + " cannot be read");
    }

    private KeyringLine version(String keyName, String version) {
        return versions(keyName).stream().filter(line -> Integer.toString(line.version()).equals(version)).findAny()
                .orElseThrow(() -> notFound(keyName));
    }

    private List<KeyringLine> versions(String keyName) {
        List<KeyringLine> versions = keyring.versions(keyName);
        if (versions.isEmpty()) {
            throw notFound(keyName);
        }
        return versions;
    }

    private static KmsRefused notFound(String keyName) {
        return new KmsRefused(KmsRefused.Reason.NOT_FOUND, "The keyring does not have the asked version of " + keyName);
    }
}

package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.kms.WrappedKey;
import build.leash.secrets.sealing.SealedSecrets.Sealed;
import build.leash.secrets.sealing.StoredDataKeys.Stored;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Everything that somebody who can write to the database, or calls with the wrong arguments, can do to a secret. */
enum Tampering {

    FLIP_A_BIT_OF_A_CIPHERTEXT, FLIP_A_BIT_OF_A_NONCE, CUT_A_CIPHERTEXT, LENGTHEN_A_CIPHERTEXT, SWAP_CIPHERTEXTS,
    SWAP_ROWS, POINT_AT_ANOTHER_DATA_KEY, POINT_AT_NO_DATA_KEY, FLIP_A_BIT_OF_A_WRAPPED_KEY, CUT_A_WRAPPED_KEY,
    SWAP_WRAPPED_KEYS, SWAP_KEK_NAMES, RENAME_THE_PROVIDER, COPY_A_DATA_KEY_HERE, ASK_FOR_ANOTHER_OWNER,
    ASK_FOR_ANOTHER_PURPOSE, ASK_FOR_ANOTHER_VERSION, ASK_FOR_ANOTHER_ORGANIZATION, ASK_FOR_ANOTHER_SECRET;

    private static final int NONCE_BYTES = 12;

    /** A secret that was sealed, and where. */
    record Victim(OrganizationId organization, SecretContext context, SecretRef ref, String plain) {}

    /** What to ask for once the harm is done. */
    record Question(SecretContext context, SecretRef ref) {}

    /** Does it to the victim, with the other one's rows where it takes two. */
    Question apply(House house, Victim victim, Victim other, RandomGenerator random) {
        Sealed sealed = sealed(house, victim);
        Sealed others = sealed(house, other);
        DataKeyRef key = new DataKeyRef(victim.organization(), sealed.dataKeyId());
        Stored othersKey = house.dataKeyRows.find(other.organization(), others.dataKeyId()).orElseThrow();
        SecretContext asked = victim.context();
        switch (this) {
            case FLIP_A_BIT_OF_A_CIPHERTEXT -> put(house, victim, flip(sealed.ciphertext(), random));
            case FLIP_A_BIT_OF_A_NONCE -> put(house, victim, flipNonce(sealed.ciphertext(), random));
            case CUT_A_CIPHERTEXT -> put(house, victim, cut(sealed.ciphertext(), random));
            case LENGTHEN_A_CIPHERTEXT -> put(house, victim,
                    Arrays.copyOf(sealed.ciphertext(), sealed.ciphertext().length + 1 + random.nextInt(20)));
            case SWAP_CIPHERTEXTS -> put(house, victim, others.ciphertext());
            case SWAP_ROWS -> house.secretRows.put(victim.organization(), victim.ref(), others);
            case POINT_AT_ANOTHER_DATA_KEY -> house.secretRows.put(victim.organization(), victim.ref(),
                    new Sealed(anotherKey(house, victim, sealed), sealed.ciphertext()));
            case POINT_AT_NO_DATA_KEY -> house.secretRows.put(victim.organization(), victim.ref(),
                    new Sealed(new UUID(random.nextLong(), random.nextLong()), sealed.ciphertext()));
            case FLIP_A_BIT_OF_A_WRAPPED_KEY -> rewrap(house, key, it -> flip(it, random));
            case CUT_A_WRAPPED_KEY -> rewrap(house, key, it -> cut(it, random));
            case SWAP_WRAPPED_KEYS -> house.dataKeyRows.tamper(key, row -> new Stored(row.id(), othersKey.provider(),
                    othersKey.wrapped(), row.createdAt(), row.seals()));
            case SWAP_KEK_NAMES -> house.dataKeyRows.tamper(key, row -> new Stored(row.id(), row.provider(),
                    new WrappedKey(row.wrapped().keyName() + "0", row.wrapped().keyVersion(),
                            row.wrapped().ciphertext()),
                    row.createdAt(), row.seals()));
            case RENAME_THE_PROVIDER -> house.dataKeyRows.tamper(key,
                    row -> new Stored(row.id(), "elsewhere", row.wrapped(), row.createdAt(), row.seals()));
            case COPY_A_DATA_KEY_HERE -> {
                house.dataKeyRows.tamper(key, row -> row);
                house.dataKeyRows.put(victim.organization(), new Stored(sealed.dataKeyId(), othersKey.provider(),
                        othersKey.wrapped(), othersKey.createdAt(), 0));
            }
            case ASK_FOR_ANOTHER_OWNER ->
                asked = new SecretContext(victim.organization(), asked.owner() + "0", asked.purpose());
            case ASK_FOR_ANOTHER_PURPOSE ->
                asked = new SecretContext(victim.organization(), asked.owner(), asked.purpose() + "0");
            case ASK_FOR_ANOTHER_VERSION -> {
                return new Question(asked, new SecretRef(victim.ref().id(), victim.ref().version() + 1));
            }
            case ASK_FOR_ANOTHER_ORGANIZATION ->
                asked = new SecretContext(OrganizationId.random(), asked.owner(), asked.purpose());
            case ASK_FOR_ANOTHER_SECRET -> {
                return new Question(asked, new SecretRef(other.ref().id(), victim.ref().version()));
            }
        }
        return new Question(asked, victim.ref());
    }

    static Sealed sealed(House house, Victim victim) {
        return house.secretRows.find(victim.organization(), victim.ref()).orElseThrow();
    }

    private static void put(House house, Victim victim, byte[] ciphertext) {
        house.secretRows.put(victim.organization(), victim.ref(),
                new Sealed(sealed(house, victim).dataKeyId(), ciphertext));
    }

    /** The organization's current data key, which is none of those that sealed the victims. */
    private static UUID anotherKey(House house, Victim victim, Sealed sealed) {
        UUID current = house.dataKeyRows.current(victim.organization()).orElseThrow().id();
        if (current.equals(sealed.dataKeyId())) {
            throw new IllegalStateException("The victim is sealed with the current key");
        }
        return current;
    }

    private static void rewrap(House house, DataKeyRef key, UnaryOperator<byte[]> change) {
        house.dataKeyRows.tamper(key, row -> new Stored(row.id(), row.provider(),
                new WrappedKey(row.wrapped().keyName(), row.wrapped().keyVersion(),
                        change.apply(row.wrapped().ciphertext())),
                row.createdAt(), row.seals()));
    }

    private static byte[] flip(byte[] bytes, RandomGenerator random) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return copy;
    }

    private static byte[] flipNonce(byte[] bytes, RandomGenerator random) {
        byte[] copy = bytes.clone();
        copy[random.nextInt(NONCE_BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return copy;
    }

    private static byte[] cut(byte[] bytes, RandomGenerator random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
}

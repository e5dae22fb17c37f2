package build.leash.secrets.kms.emulator;

/** How an answer of the emulator can be wrong. */
public enum Corruption {
    /** A bit of the ciphertext flips on the way back. */
    FLIPPED_CIPHERTEXT,
    /** A bit of the plaintext flips on the way back. */
    FLIPPED_PLAINTEXT,
    /** The CRC32C of the answer is another one. */
    WRONG_CHECKSUM,
    /** The answer has no CRC32C. */
    NO_CHECKSUM,
    /** The service did not verify the CRC32C that it was sent. */
    NOT_VERIFIED,
    /** The answer names another key. */
    WRONG_NAME,
    /** The ciphertext was spoiled inside the service: its CRC32C matches, and it does not decrypt. */
    SPOILED_CIPHERTEXT
}

package build.leash.secrets.api;

import build.leash.access.api.Caller;
import build.leash.access.api.InvalidValue;

/**
 * The key under which an organization's data keys are wrapped, and what its owner can do with it. All but the first
 * need the right to manage it. What takes time goes on in the background while everything is served; {@link #get} shows
 * how far it is.
 *
 * <p>
 * What changes something answers with what is recorded then, without asking the key management service once more: it may
 * be called in a transaction, and nobody waits for KMS with locks in hand. All but {@link #shred} turn the owner of a
 * shredded organization down with {@link SecretsRejection#ORGANIZATION_SHREDDED}.
 */
public interface EncryptionKeys {

    /** The key as it is. Asks the key management service, and does without its answer if there is none. */
    EncryptionKeyView get(Caller caller);

    /**
     * Moves the organization to the key that the provider makes for it.
     *
     * @throws InvalidValue if there is no such provider
     */
    EncryptionKeyView move(Caller caller, String provider);

    /**
     * Moves the organization to a key of its own, once this has wrapped and unwrapped.
     *
     * @throws InvalidValue if the provider cannot use the key; says why
     */
    EncryptionKeyView bring(Caller caller, String provider, String keyName);

    /** Gives the key a new primary version, and wraps all data keys under it. */
    EncryptionKeyView rotateKey(Caller caller);

    /** Makes a new data key, and seals all secrets anew with it. */
    EncryptionKeyView rotateDataKey(Caller caller);

    /**
     * Makes all secrets of the organization unreadable, for ever. Nothing more happens if that was done before.
     *
     * @param confirmation the organization's name
     * @throws InvalidValue if it is another one
     */
    EncryptionKeyView shred(Caller caller, String confirmation);
}

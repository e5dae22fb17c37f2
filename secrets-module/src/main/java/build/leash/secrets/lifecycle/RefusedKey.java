package build.leash.secrets.lifecycle;

import build.leash.access.api.InvalidValue;
import build.leash.secrets.kms.KmsRefused;

/** Why a provider does not take a key, in words for whoever named it. Repeats nothing of what was given. */
final class RefusedKey {

    private RefusedKey() {}

    static InvalidValue because(KmsRefused refused) {
        return new InvalidValue(switch (refused.reason()) {
            case NOT_USABLE -> "The key's primary version is disabled or destroyed. Enable one, and make it primary.";
            case PERMISSION_DENIED -> "Leash may not use this key. Grant its service account the right to encrypt and"
                    + " decrypt with it (roles/cloudkms.cryptoKeyEncrypterDecrypter).";
            case NOT_FOUND -> "There is no such key, or this installation does not have its provider.";
            case UNSUITABLE -> "This is not the full name of a symmetric encryption key that the organization can"
                    + " bring. With gcp it has the form projects/…/locations/…/keyRings/…/cryptoKeys/….";
        });
    }
}

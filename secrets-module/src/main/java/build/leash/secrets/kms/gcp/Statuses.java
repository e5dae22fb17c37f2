package build.leash.secrets.kms.gcp;

import build.leash.secrets.kms.KmsCorrupted;
import build.leash.secrets.kms.KmsException;
import build.leash.secrets.kms.KmsRefused;
import build.leash.secrets.kms.KmsUnreachable;
import com.google.api.gax.rpc.ApiException;

/**
 * What a gRPC status from Cloud KMS means (cloud.google.com/apis/design/errors,
 * cloud.google.com/kms/docs/key-states). The service's own message is left out, and so is the exception: what a service
 * answers in trouble is not ours to log.
 */
final class Statuses {

    /** What was asked, as far as it matters for the meaning of a status. */
    enum Operation {
        ENCRYPT, DECRYPT, SIGN, ADMINISTER
    }

    private Statuses() {}

    static KmsException meaning(ApiException e, Operation operation, String keyName) {
        String message = "Cloud KMS answers " + e.getStatusCode().getCode() + " to " + operation + " with " + keyName;
        return switch (e.getStatusCode().getCode()) {
            case PERMISSION_DENIED -> new KmsRefused(KmsRefused.Reason.PERMISSION_DENIED, message);
            case NOT_FOUND -> new KmsRefused(KmsRefused.Reason.NOT_FOUND, message);
            case FAILED_PRECONDITION -> new KmsRefused(KmsRefused.Reason.NOT_USABLE, message);
            case UNIMPLEMENTED -> new KmsRefused(KmsRefused.Reason.UNSUITABLE, message);
            case INVALID_ARGUMENT -> invalidArgument(operation, message);
            case UNAUTHENTICATED -> new KmsUnreachable(KmsUnreachable.Reason.NOT_AUTHENTICATED, message);
            case RESOURCE_EXHAUSTED -> new KmsUnreachable(KmsUnreachable.Reason.QUOTA_EXCEEDED, message);
            case DEADLINE_EXCEEDED, CANCELLED -> new KmsUnreachable(KmsUnreachable.Reason.TIMED_OUT, message);
            case UNAVAILABLE -> new KmsUnreachable(KmsUnreachable.Reason.UNAVAILABLE, message);
            default -> new KmsUnreachable(KmsUnreachable.Reason.FAILED, message);
        };
    }

    /** Decryption answers it for a ciphertext or AAD that is not authentic, and both for a CRC32C that does not match. */
    private static KmsException invalidArgument(Operation operation, String message) {
        return switch (operation) {
            case ENCRYPT, SIGN -> new KmsCorrupted(KmsCorrupted.Reason.CHECKSUM, message);
            case DECRYPT -> new KmsCorrupted(KmsCorrupted.Reason.NOT_AUTHENTIC, message);
            case ADMINISTER -> new KmsRefused(KmsRefused.Reason.UNSUITABLE, message);
        };
    }
}

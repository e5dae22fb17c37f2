package build.leash.secrets.kms;

/** The key management service did not do what it was asked. The message names keys, never key material. */
public final class KmsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KmsException(String message) {
        super(message);
    }

    public KmsException(String message, Throwable cause) {
        super(message, cause);
    }
}

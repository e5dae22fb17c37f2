package build.leash.app.web.idempotency;

import build.leash.access.api.Actor;
import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A caller's {@code Idempotency-Key}. Belongs to the actor in the organization, so that nobody gets an answer that was
 * for somebody or somewhere else, and is kept as a hash, because anything might have been put into the header by mistake.
 */
@SuppressWarnings("ArrayRecordComponent") // bound to a statement, never compared
record IdempotencyKey(OrganizationId organization, Actor actor, byte[] sha256) {

    static IdempotencyKey of(Caller caller, String header) {
        return new IdempotencyKey(caller.organization(), caller.actor(),
                sha256(header.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    SecretContext answerContext() {
        return new SecretContext(organization, actor + "/" + HexFormat.of().formatHex(sha256), "idempotent-answer");
    }
}

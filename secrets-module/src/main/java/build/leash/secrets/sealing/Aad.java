package build.leash.secrets.sealing;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.api.SecretContext;
import build.leash.secrets.api.SecretRef;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Additional authenticated data: a label, then each field with its length in front, so that no two different lists of
 * fields give the same bytes.
 */
final class Aad {

    private Aad() {}

    static byte[] ofSecret(SecretContext context, SecretRef ref) {
        return fields("leash/sealed-secret/2", context.organization().toString(), context.owner(), context.purpose(),
                Long.toString(ref.version()), ref.id().toString());
    }

    static byte[] ofDataKey(OrganizationId organization, UUID dataKey) {
        return fields("leash/data-key/1", organization.toString(), dataKey.toString());
    }

    private static byte[] fields(String... fields) {
        ByteArrayOutputStream aad = new ByteArrayOutputStream();
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            aad.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            aad.writeBytes(bytes);
        }
        return aad.toByteArray();
    }
}

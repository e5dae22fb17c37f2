package build.leash.config.lookup;

import build.leash.registry.api.StaticHeader;
import build.leash.secrets.api.Ciphertext;
import java.util.Map;
import java.util.UUID;

/**
 * An endpoint with its secrets as they are sealed.
 *
 * @param secrets by the ids of the endpoint's references; without those that are gone
 */
record SealedEndpoint(StoredEndpoint endpoint, Map<UUID, Ciphertext> secrets) {

    /** Bytes for the objects of one endpoint, of one header and of one secret, as measured and rounded up. */
    private static final int OBJECTS = 600;
    private static final int OBJECTS_PER_HEADER = 200;
    private static final int OBJECTS_PER_SECRET = 200;

    /** About how many bytes it takes in memory. */
    int weight() {
        int weight = OBJECTS + endpoint.slug().length() + endpoint.displayName().length() * 2 + endpoint.url().length();
        for (StaticHeader header : endpoint.headers()) {
            String value = header.value();
            weight += OBJECTS_PER_HEADER + header.name().value().length() + (value == null ? 0 : value.length());
        }
        for (Ciphertext secret : secrets.values()) {
            weight += OBJECTS_PER_SECRET + secret.bytes().length;
        }
        return weight;
    }
}

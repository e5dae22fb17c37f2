package build.leash.app.audit.replay;

import build.leash.access.api.event.Projection;
import build.leash.access.api.event.Rebuild;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** The tables that the log can make anew. */
record ReadModels(List<Rebuild> rebuilds) {

    static ReadModels of(Collection<Projection> projections) {
        return new ReadModels(projections.stream().flatMap(projection -> projection.rebuilds().stream()).toList());
    }

    /** @param table of one of them */
    Rebuild rebuild(String table) {
        return rebuilds.stream().filter(rebuild -> rebuild.table().equals(table)).findFirst().orElseThrow();
    }

    /** Another one if any table or query is another. */
    String fingerprint() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(rebuilds.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package build.leash.config.lookup;

import build.leash.access.api.KeyHash;
import java.util.Optional;

/** Where views are read. */
@FunctionalInterface
interface ViewSource {

    /** The view of this key on this slug, as of a moment after the call began; empty if there is no such key. */
    Optional<View> read(KeyHash hash, String slug);
}

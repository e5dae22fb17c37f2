package build.leash.secrets.env;

import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SourceId;

/** A source holds one value of a key at a time, so its id follows from the two. */
record EnvEntryId(SourceId source, EnvKey key) {

    @Override
    public String toString() {
        return "env:" + source + "/" + key;
    }
}

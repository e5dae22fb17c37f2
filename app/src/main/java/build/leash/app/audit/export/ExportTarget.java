package build.leash.app.audit.export;

import java.io.IOException;

/** Where the lines of an export go, in one format or another. */
interface ExportTarget {

    void write(ExportLine line) throws IOException;

    /** Whether it makes use of checkpoints and of the hashes of others' events, which cost time to find. */
    boolean wantsHashes();
}

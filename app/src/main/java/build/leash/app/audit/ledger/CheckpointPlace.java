package build.leash.app.audit.ledger;

import java.io.IOException;

/** Where checkpoints are kept a second time, out of reach of whoever can change the database. */
interface CheckpointPlace {

    /** Keeps a checkpoint, and complains if those kept before do not go with it. */
    void keep(long size, String note) throws IOException;
}

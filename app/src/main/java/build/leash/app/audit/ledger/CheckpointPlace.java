package build.leash.app.audit.ledger;

import java.io.IOException;
import java.util.OptionalLong;

/** Where checkpoints are kept a second time, out of reach of whoever can change the database. */
interface CheckpointPlace {

    /** Keeps a checkpoint, and complains if another one of as many events is kept already. */
    void keep(long size, String note) throws IOException;

    /** How many events the largest checkpoint has that is kept, 0 if none is; nothing if the place does not tell. */
    default OptionalLong largest() throws IOException {
        return OptionalLong.empty();
    }
}

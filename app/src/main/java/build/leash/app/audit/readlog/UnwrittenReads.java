package build.leash.app.audit.readlog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Reads that nobody knows to be in the database: as rows, which can be sent as often as it takes, and the latest times that
 * follow from them. Of the entries themselves only what somebody waits for is kept.
 */
final class UnwrittenReads {

    private final CopyRows rows = new CopyRows(ReadBatch.COLUMNS);
    private final Map<Server, Instant> fetched = new HashMap<>();
    private final Map<UUID, Instant> used = new HashMap<>();
    private final List<CompletableFuture<Boolean>> awaited = new ArrayList<>();
    private final boolean isAwaited;
    private int count;

    record Server(UUID organization, UUID id) {}

    /** @param isAwaited whether somebody waits for each entry */
    UnwrittenReads(boolean isAwaited) {
        this.isAwaited = isAwaited;
    }

    void add(ReadLog.Entry entry) {
        Read read = entry.read();
        if (read.isListed()) {
            read.writeTo(rows);
        }
        if (read.server() != null) {
            fetched.merge(new Server(read.key().organization().value(), read.server().value()), read.at(),
                    UnwrittenReads::later);
        }
        used.merge(read.key().id().value(), read.at(), UnwrittenReads::later);
        if (isAwaited) {
            awaited.add(entry.committed());
        }
        count++;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    CopyRows rows() {
        return rows;
    }

    /** When each server was last fetched. */
    Map<Server, Instant> fetched() {
        return fetched;
    }

    /** When each key was last used, by its id. */
    Map<UUID, Instant> used() {
        return used;
    }

    /** They are in: whoever waits for it is told, and none is left. */
    void written() {
        awaited.forEach(committed -> committed.complete(true));
        awaited.clear();
        rows.clear();
        fetched.clear();
        used.clear();
        count = 0;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

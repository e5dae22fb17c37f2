package build.leash.app.audit.export;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.OrganizationId;
import build.leash.app.audit.ledger.Ledger;
import build.leash.app.audit.ledger.Ledger.SignedCheckpoint;
import build.leash.app.audit.ledger.Subtree;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sealed events of a tree, of one organization or of all, with whatever is needed to compute its root. Begins
 * anew right after an event, whatever stood behind it before. Holds one batch at a time and no transaction, however long
 * it takes.
 */
final class Export {

    private static final int BATCH = 1_000;

    private final StoredEvents events;
    private final Ledger ledger;
    private final @Nullable OrganizationId organization;
    private final ExportTarget target;
    private final Cursor start;
    private final Deque<SignedCheckpoint> checkpoints = new ArrayDeque<>();
    private long written;
    private long lastCheckpoint;

    Export(StoredEvents events, Ledger ledger, @Nullable OrganizationId organization, Cursor start,
            ExportTarget target) {
        this.events = events;
        this.ledger = ledger;
        this.organization = organization;
        this.start = start;
        this.target = target;
        this.written = start.position() + 1;
        this.lastCheckpoint = Math.max(0, start.position());
    }

    void run() throws IOException {
        if (written == 0) {
            target.write(ExportLine.Header.of(ledger.origin(), organization == null ? null : organization.toString(),
                    start.size()));
        }
        List<LoggedEvent> batch = events.sealed(organization, start.position(), start.size(), BATCH);
        while (!batch.isEmpty()) {
            for (LoggedEvent event : batch) {
                write(event);
            }
            batch = events.sealed(organization, requireNonNull(batch.getLast().position()), start.size(), BATCH);
        }
        advanceTo(start.size());
        for (LoggedEvent stray : events.strays(organization, BATCH)) {
            target.write(new ExportLine.Stray(ExportLine.Stray.KIND, requireNonNull(stray.content())));
        }
        target.write(new ExportLine.End(ExportLine.End.KIND, start.size()));
    }

    private void write(LoggedEvent event) throws IOException {
        long position = requireNonNull(event.position());
        advanceTo(position);
        if (event.content() == null) {
            target.write(new ExportLine.Missing(ExportLine.Missing.KIND, position, event.globalIndex(),
                    requireNonNull(event.leaf()).base64()));
        } else {
            target.write(ExportLine.Event.of(position, start.at(position).toString(), event.content(),
                    requireNonNull(event.leaf())));
        }
        written = position + 1;
    }

    /** Writes what stands between the last line and this position: the hashes of others, and checkpoints. */
    private void advanceTo(long position) throws IOException {
        for (SignedCheckpoint next = nextCheckpoint(); next != null && next.size() <= position;) {
            others(next.size());
            target.write(new ExportLine.Checkpoint(ExportLine.Checkpoint.KIND, next.size(), next.note()));
            checkpoints.remove();
            next = nextCheckpoint();
        }
        others(position);
    }

    private @Nullable SignedCheckpoint nextCheckpoint() {
        if (target.wantsHashes() && checkpoints.isEmpty() && lastCheckpoint < start.size()) {
            checkpoints.addAll(ledger.checkpoints(lastCheckpoint, start.size(), BATCH));
            lastCheckpoint = checkpoints.isEmpty() ? start.size() : checkpoints.getLast().size();
        }
        return checkpoints.peek();
    }

    /** In an export of everything there are no others: what is not there is missing, and the verifier says so. */
    private void others(long end) throws IOException {
        if (organization == null || written >= end || !target.wantsHashes()) {
            return;
        }
        List<ExportLine.Others.Node> nodes = new ArrayList<>();
        for (long from = written; from < end;) {
            Subtree subtree = Subtree.largest(from, end);
            nodes.add(ExportLine.Others.Node.of(subtree, ledger.subtree(subtree)));
            from = subtree.end();
        }
        target.write(new ExportLine.Others(ExportLine.Others.KIND, written, nodes));
        written = end;
    }
}

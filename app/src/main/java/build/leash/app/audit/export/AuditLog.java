package build.leash.app.audit.export;

import static java.util.Objects.requireNonNull;

import build.leash.access.api.Caller;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.access.api.Rejected;
import build.leash.app.audit.ledger.Checkpoint;
import build.leash.app.audit.ledger.Hash;
import build.leash.app.audit.ledger.Ledger;
import build.leash.app.audit.ledger.Ledger.SignedCheckpoint;
import build.leash.app.audit.ledger.Sealing;
import build.leash.app.audit.ledger.VerifierKey;
import build.leash.app.web.error.ErrorCode;
import build.leash.app.web.error.InvalidRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an auditor may read of the log: the events of the own organization, and of the ledger what has no content. */
public final class AuditLog {

    private final StoredEvents events;
    private final Ledger ledger;
    private final Sealing sealing;

    AuditLog(StoredEvents events, Ledger ledger, Sealing sealing) {
        this.events = events;
        this.ledger = ledger;
        this.sealing = sealing;
    }

    /**
     * The latest events first.
     *
     * @throws InvalidRequest if the page is to start after what is no event's number
     */
    public Page<EventJson> list(Caller caller, EventFilter filter, PageRequest page) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        String after = page.after();
        if (after != null && !after.matches("[0-9]{1,18}")) {
            throw new InvalidRequest("after", "Give the `next` of the page before.");
        }
        long before = after == null ? Long.MAX_VALUE : Long.parseLong(after);
        Page<LoggedEvent> events = Page.of(
                this.events.latest(caller.organization(), filter, before, page.limit() + 1), page.limit(),
                event -> Long.toString(event.globalIndex()));
        return new Page<>(events.items().stream().map(EventJson::of).toList(), events.next());
    }

    /** @throws Rejected {@link ErrorCode#NOT_FOUND} if the organization has no such event */
    public EventJson.Proven prove(Caller caller, UUID id) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        LoggedEvent event = find(caller, id);
        SignedCheckpoint checkpoint = ledger.latestCheckpoint()
                .filter(latest -> event.position() != null && event.position() < latest.size())
                .orElseGet(this::checkpointNow);
        LoggedEvent sealed = event.position() == null ? find(caller, id) : event;
        long position = requireNonNull(sealed.position());
        return new EventJson.Proven(requireNonNull(sealed.content()), position, requireNonNull(sealed.leaf()).base64(),
                checkpoint.note(), texts(ledger.inclusion(position, checkpoint.size())));
    }

    /** A new checkpoint if there are new events, or else the latest. */
    public SignedCheckpoint checkpoint(Caller caller) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        return checkpointNow();
    }

    /** The latest checkpoints, the latest first. */
    public List<SignedCheckpoint> checkpoints(Caller caller, int limit) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        return ledger.latestCheckpoints(limit);
    }

    public String verifierKey() {
        return ledger.verifierKey();
    }

    /** The keys that checkpoints were signed with, as this node was told. */
    public List<VerifierKey> trustedKeys() {
        return ledger.trustedKeys();
    }

    public String origin() {
        return ledger.origin();
    }

    /** @throws Rejected {@link ErrorCode#NOT_FOUND} if there is no checkpoint of one of these sizes */
    List<String> consistency(Caller caller, long smaller, long larger) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        if (smaller < 1 || smaller > larger || ledger.checkpoint(smaller).isEmpty()
                || ledger.checkpoint(larger).isEmpty()) {
            throw new Rejected(ErrorCode.NOT_FOUND, "There are no checkpoints of these sizes.");
        }
        return texts(ledger.consistency(smaller, larger));
    }

    /** Where a new export starts: with everything that was recorded before the call. */
    Cursor start(Caller caller, @Nullable String after) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        Cursor cursor = after == null ? Cursor.start(checkpointNow().size()) : Cursor.parse(after);
        if (ledger.checkpoint(cursor.size()).isEmpty()) {
            throw new Rejected(ErrorCode.NOT_FOUND, "There is no checkpoint of the size that `after` names.");
        }
        return cursor;
    }

    void export(Caller caller, Cursor start, ExportTarget target) throws IOException {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        write(caller.organization(), start, target);
    }

    /** Exports everything there is, of all organizations. For the operator, who can read the database anyway. */
    public void exportInstallation(OutputStream out) throws IOException {
        write(null, Cursor.start(checkpointNow().size()), new JsonLines(out));
    }

    private void write(@Nullable OrganizationId organization, Cursor start, ExportTarget target) throws IOException {
        new Export(events, ledger, organization, start, target).run();
    }

    private SignedCheckpoint checkpointNow() {
        String note = sealing.sealNow();
        Checkpoint latest = Checkpoint.parse(note);
        return ledger.checkpoint(latest.size()).orElseThrow();
    }

    private LoggedEvent find(Caller caller, UUID id) {
        return events.find(caller.organization(), id).orElseThrow(
                () -> new Rejected(ErrorCode.NOT_FOUND, "The organization has no event of this id."));
    }

    private static List<String> texts(List<Hash> hashes) {
        return hashes.stream().map(Hash::base64).toList();
    }
}

package build.leash.app.audit.ledger;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ledger's tables. */
final class StoredLedger {

    /** Joins the events that wait with their organizations' sizes, numbers them, and answers their hashes in order. */
    private static final String SEAL = """
            with waiting as (
              delete from eventstore.unsealed_event where global_index in
                (select global_index from eventstore.unsealed_event order by global_index limit :limit)
              returning global_index
            ), numbered as (
              select e.*, :size + row_number() over (order by e.global_index) - 1 as position,
                coalesce(s.size, 0) + row_number() over (partition by e.organization_id order by e.global_index) - 1
                  as organization_position
              from waiting join eventstore.domain_event e using (global_index)
                left join audit.organization_size s using (organization_id)
            ), sealed as (
              insert into audit.leaf (position, global_index, organization_id, organization_position, hash)
              select position, global_index, organization_id, organization_position,
                audit.leaf_hash(organization_id, organization_position, global_index, event_identifier,
                  aggregate_identifier, sequence_number, type, time_stamp, payload_type, payload_revision, payload,
                  meta_data)
              from numbered order by position
              returning position, organization_id, hash
            ), counted as (
              insert into audit.organization_size as o (organization_id, size)
              select organization_id, count(*) from sealed group by 1
              on conflict (organization_id) do update set size = o.size + excluded.size
            )
            select hash from sealed order by position
            """;

    private final JdbcClient jdbc;

    StoredLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The note of a checkpoint, with when it was made. */
    record StoredCheckpoint(long size, String note, Instant createdAt) {}

    String id() {
        return jdbc.sql("select id from audit.ledger").query(String.class).single();
    }

    /** The tree as it is at the moment. */
    Frontier tree() {
        return jdbc.sql("select size, frontier from audit.ledger").query(StoredLedger::treeOf).single();
    }

    /** The tree as it is; nothing if another node is at work. It alone may change it until the transaction ends. */
    Optional<Frontier> lock() {
        return jdbc.sql("select size, frontier from audit.ledger for update skip locked").query(StoredLedger::treeOf)
                .optional();
    }

    /** As {@link #lock}, but waits for the other node. */
    Frontier lockWaiting() {
        return jdbc.sql("select size, frontier from audit.ledger for update").query(StoredLedger::treeOf).single();
    }

    /** Planned anew each time: a plan from when few events waited would take minutes for ten thousand. */
    List<Hash> seal(long size, int limit) {
        jdbc.sql("set local plan_cache_mode = force_custom_plan").update();
        return jdbc.sql(SEAL).param("size", size).param("limit", limit)
                .query((row, number) -> new Hash(row.getBytes(1)))
                .list();
    }

    void save(Frontier frontier) {
        jdbc.sql("update audit.ledger set size = ?, frontier = ?").param(frontier.size())
                .param(frontier.hashes().stream().map(Hash::bytes).toArray(byte[][]::new)).update();
    }

    void save(Subtree subtree, Hash hash) {
        jdbc.sql("insert into audit.subtree (level, index, hash) values (?, ?, ?)")
                .params(subtree.level(), subtree.index(), hash.bytes()).update();
    }

    void save(Checkpoint checkpoint, String note) {
        jdbc.sql("insert into audit.checkpoint (size, root, note) values (?, ?, ?)"
                + " on conflict (size) do nothing")
                .params(checkpoint.size(), checkpoint.root().bytes(), note).update();
    }

    Optional<StoredCheckpoint> latestCheckpoint() {
        return latestCheckpoints(1).stream().findFirst();
    }

    List<StoredCheckpoint> latestCheckpoints(int limit) {
        return jdbc.sql("select size, note, created_at from audit.checkpoint order by size desc limit ?").param(limit)
                .query(StoredLedger::checkpointOf).list();
    }

    Optional<StoredCheckpoint> checkpoint(long size) {
        return jdbc.sql("select size, note, created_at from audit.checkpoint where size = ?").param(size)
                .query(StoredLedger::checkpointOf).optional();
    }

    /** Checkpoints of trees that are larger than one size and no larger than another, from the smallest on. */
    List<StoredCheckpoint> checkpoints(long after, long upTo, int limit) {
        return jdbc.sql("""
                select size, note, created_at from audit.checkpoint where size > ? and size <= ? order by size limit ?
                """).params(after, upTo, limit).query(StoredLedger::checkpointOf).list();
    }

    /** The hash of a perfect subtree: of the leaves below it, or of the stored subtrees. */
    Hash subtree(Subtree subtree, int levelsPerStored) {
        int level = subtree.level() - subtree.level() % levelsPerStored;
        long first = subtree.first() >> level;
        long last = (subtree.end() - 1) >> level;
        List<Hash> hashes = level == 0
                ? hashes("select hash from audit.leaf where position between ? and ? order by position", first, last)
                : hashes("select hash from audit.subtree where level = " + level
                        + " and index between ? and ? order by index", first, last);
        if (hashes.size() != last - first + 1) {
            throw new IllegalStateException("The ledger lacks hashes below " + subtree);
        }
        Frontier tree = new Frontier();
        hashes.forEach(hash -> tree.append(Subtree.leaf(tree.size()), hash));
        return tree.root();
    }

    private List<Hash> hashes(String query, long first, long last) {
        return jdbc.sql(query).params(first, last).query((row, number) -> new Hash(row.getBytes(1))).list();
    }

    private static Frontier treeOf(ResultSet row, int number) throws SQLException {
        Array array = row.getArray("frontier");
        List<Hash> hashes = new ArrayList<>();
        Arrays.stream((byte[][]) array.getArray()).map(Hash::new).forEach(hashes::add);
        return new Frontier(row.getLong("size"), hashes);
    }

    private static StoredCheckpoint checkpointOf(ResultSet row, int number) throws SQLException {
        return new StoredCheckpoint(row.getLong("size"), row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}

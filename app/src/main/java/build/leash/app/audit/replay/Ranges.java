package build.leash.app.audit.replay;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log in ranges of numbers, and which of them the shadow has. */
final class Ranges {

    /** About a third of a second of work, which is what a kill can cost. */
    private static final long EVENTS_PER_RANGE = 25_000;

    private final JdbcClient jdbc;

    Ranges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Both inclusive. Rollbacks leave gaps, so a range can have fewer events than numbers. */
    record Range(long first, long last) {

        long length() {
            return last - first + 1;
        }
    }

    /** Adds ranges up to the end of the log, as long as no table was built from the ones there are. */
    void plan() {
        jdbc.sql("""
                insert into replay.range (first, last)
                select first, least(first + :size - 1, latest)
                from (select coalesce(max(global_index), 0) as latest from eventstore.domain_event) events,
                  generate_series((select coalesce(max(last), 0) + 1 from replay.range), latest, :size) first
                where not exists (select from replay.built)
                """).param("size", EVENTS_PER_RANGE).update();
    }

    List<Range> unstaged() {
        return jdbc.sql("select first, last from replay.range where not staged order by first")
                .query((row, number) -> new Range(row.getLong(1), row.getLong(2))).list();
    }

    /** How many numbers all the ranges have. */
    long length() {
        return jdbc.sql("select coalesce(max(last), 0) from replay.range").query(Long.class).single();
    }

    /** Marks it as staged, which it is when the transaction commits. */
    void take(Range range) {
        if (jdbc.sql("update replay.range set staged = true where first = ? and not staged").param(range.first())
                .update() != 1) {
            throw new IllegalStateException("Another replay is under way.");
        }
    }
}

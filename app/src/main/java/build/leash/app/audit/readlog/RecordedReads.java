package build.leash.app.audit.readlog;

import build.leash.access.api.Caller;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Permission;
import build.leash.app.web.error.InvalidRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The read log of an organization, for those who may see it. */
public final class RecordedReads {

    private static final Pattern CURSOR = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");
    private static final long MICROS = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final JdbcClient jdbc;

    RecordedReads(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Which reads are wanted; null for no restriction.
     *
     * @param key the id of a key
     * @param from inclusive
     * @param to exclusive
     */
    public record Filter(@Nullable String slug, @Nullable String key, @Nullable String outcome, @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * A line of the read log.
     *
     * @param kind {@code hand-off}, {@code env} or {@code management}
     * @param times how many attempts it stands for, all within a second; what else it says is of the first
     */
    public record Entry(Instant at, String kind, String keyId, @Nullable String slug, @Nullable String version,
            @Nullable String envKey, String outcome, String requestId, @Nullable String remoteAddress,
            @Nullable String userAgent, int times) {}

    private record Row(Entry entry, long id) {

        String cursor() {
            Instant at = entry.at();
            return at.getEpochSecond() * MICROS + at.getNano() / NANOS_PER_MICRO + "." + id;
        }
    }

    private record Cursor(Instant at, long id) {

        static Cursor parse(@Nullable String text) {
            Matcher parts = CURSOR.matcher(text == null ? "" : text);
            if (text == null) {
                return new Cursor(Instant.parse("9999-12-31T00:00:00Z"), Long.MAX_VALUE);
            }
            if (!parts.matches()) {
                throw new InvalidRequest("after", "Give the `next` of the page before.");
            }
            long micros = Long.parseLong(parts.group(1));
            return new Cursor(Instant.ofEpochSecond(micros / MICROS, micros % MICROS * NANOS_PER_MICRO),
                    Long.parseLong(parts.group(2)));
        }
    }

    /** The latest first. */
    public Page<Entry> list(Caller caller, Filter filter, PageRequest page) {
        caller.mustBeAllowedTo(Permission.READ_AUDIT_LOG);
        Cursor cursor = Cursor.parse(page.after());
        List<Row> rows = jdbc.sql("""
                select * from audit.read
                where organization_id = :organization and at <= :at and (at, id) < (:at, :id)
                  and (:slug::text is null or slug = :slug) and (:key::text is null or key_id::text = :key)
                  and (:outcome::text is null or outcome = :outcome)
                  and at >= coalesce(:from::timestamptz, '-infinity') and at < coalesce(:to::timestamptz, 'infinity')
                order by at desc, id desc limit :limit
                """).param("organization", caller.organization().value()).param("at", offset(cursor.at()))
                .param("id", cursor.id()).param("slug", filter.slug()).param("key", filter.key())
                .param("outcome", filter.outcome()).param("from", offset(filter.from()))
                .param("to", offset(filter.to())).param("limit", page.limit() + 1).query(RecordedReads::row).list();
        Page<Row> found = Page.of(rows, page.limit(), Row::cursor);
        return new Page<>(found.items().stream().map(Row::entry).toList(), found.next());
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(new Entry(row.getObject("at", OffsetDateTime.class).toInstant(), row.getString("kind"),
                row.getString("key_id"), row.getString("slug"), row.getString("version"), row.getString("env_key"),
                row.getString("outcome"),
                row.getString("request_id"), row.getString("remote_address"), row.getString("user_agent"),
                row.getInt("times")),
                row.getLong("id"));
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}

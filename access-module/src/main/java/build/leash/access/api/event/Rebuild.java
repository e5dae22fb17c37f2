package build.leash.access.api.event;

import org.jspecify.annotations.Nullable;

/**
 * A read model's table as one query over the log, which makes the same rows as the projection's handler, and makes them
 * many times faster. A row may only depend on events of the organization it belongs to.
 *
 * <p>
 * The query sees every event in its present revision, as its record class writes it, whatever revision the log has: what
 * is older went through the upcasters before. So a query changes together with the handler, and never for the past.
 *
 * @param table schema-qualified
 * @param organizationColumn of the table, with the organization's id
 * @param query in SQL; answers the table's columns in their order, from the relation {@code log}, which holds events in
 *        the columns {@code global_index}, {@code type}, {@code organization_id}, {@code at}, {@code actor},
 *        {@code aggregate}, {@code sequence} (in the aggregate) and {@code data} (the payload as {@code jsonb})
 * @param subject what the rows are when the organization's state is told, for example {@code servers}; null if they are
 *        no more than another view of what is told already
 */
public record Rebuild(String table, String organizationColumn, String query, @Nullable String subject) {

    /** Rows that are no part of the organization's state. */
    public static Rebuild view(String table, String organizationColumn, String query) {
        return new Rebuild(table, organizationColumn, query, null);
    }

    /** Rows that are part of the organization's state. */
    public static Rebuild state(String subject, String table, String organizationColumn, String query) {
        return new Rebuild(table, organizationColumn, query, subject);
    }
}

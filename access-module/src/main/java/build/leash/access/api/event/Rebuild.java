package build.leash.access.api.event;

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
 */
public record Rebuild(String table, String organizationColumn, String query) {}

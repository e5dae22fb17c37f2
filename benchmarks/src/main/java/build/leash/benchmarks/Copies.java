package build.leash.benchmarks;

import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Copies one organization in SQL, its part of the log and its read models, under ids that follow from the original's and
 * a number. The copies make the tables and their indexes as large as those of many customers.
 */
final class Copies {

    private static final int AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final UUID template;

    Copies(JdbcClient jdbc, UUID template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    void make(int copies) {
        jdbc.sql("create schema if not exists benchmark").update();
        jdbc.sql("""
                create or replace function benchmark.copy_of(id text, n integer) returns text
                language sql immutable parallel safe return md5(id || '/' || n)::uuid::text
                """).update();
        jdbc.sql("""
                create or replace function benchmark.copies_of(text text, ids text[], n integer) returns text
                language plpgsql immutable as $$
                declare id text;
                begin
                  foreach id in array ids loop
                    text := replace(text, id, benchmark.copy_of(id, n));
                  end loop;
                  return text;
                end $$
                """).update();
        for (int from = 1; from <= copies; from += AT_ONCE) {
            for (String sql : statements()) {
                jdbc.sql(sql).param("template", template).param("from", from)
                        .param("to", Math.min(copies, from + AT_ONCE - 1)).update();
            }
        }
        jdbc.sql("analyze").update();
    }

    /** Of the log, everything that names the organization: each id in it becomes the copy's. */
    private static List<String> statements() {
        return List.of("""
                insert into eventstore.domain_event (event_identifier, aggregate_identifier, sequence_number, type,
                  time_stamp, payload_type, payload_revision, payload, meta_data)
                select benchmark.copy_of(e.event_identifier, n), benchmark.copies_of(e.aggregate_identifier, i.ids, n),
                  e.sequence_number, e.type, e.time_stamp, e.payload_type, e.payload_revision,
                  convert_to(benchmark.copies_of(convert_from(e.payload, 'UTF8'), i.ids, n), 'UTF8'), e.meta_data
                from eventstore.domain_event e,
                  lateral (select array(select distinct id[1] from regexp_matches(
                    e.aggregate_identifier || convert_from(e.payload, 'UTF8'),
                    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'g') id) as ids) i,
                  generate_series(:from::integer, :to::integer) n
                where convert_from(e.payload, 'UTF8')::jsonb ->> 'organizationId' = :template::text
                """, """
                insert into access.organization (id, name, founded_at)
                select benchmark.copy_of(id::text, n)::uuid, name, founded_at
                from access.organization, generate_series(:from::integer, :to::integer) n where id = :template
                """, """
                insert into access.revision (organization_id, revision)
                select benchmark.copy_of(organization_id::text, n)::uuid, gen_random_uuid()
                from access.revision, generate_series(:from::integer, :to::integer) n
                where organization_id = :template
                """, """
                insert into billing.plan (organization_id, plan, since)
                select benchmark.copy_of(organization_id::text, n)::uuid, plan, since
                from billing.plan, generate_series(:from::integer, :to::integer) n where organization_id = :template
                """, """
                insert into access.api_key
                select (k).* from (
                  select jsonb_populate_record(k, jsonb_build_object(
                    'sha256', '\\x' || encode(sha256(k.sha256 || n::text::bytea), 'hex'),
                    'id', benchmark.copy_of(k.id::text, n),
                    'organization_id', benchmark.copy_of(k.organization_id::text, n))) as k
                  from access.api_key k, generate_series(:from::integer, :to::integer) n
                  where k.organization_id = :template) c
                """, """
                insert into config.endpoint
                select (e).* from (
                  select jsonb_populate_record(e, jsonb_build_object(
                    'server_id', benchmark.copy_of(e.server_id::text, n),
                    'organization_id', benchmark.copy_of(e.organization_id::text, n))) as e
                  from config.endpoint e, generate_series(:from::integer, :to::integer) n
                  where e.organization_id = :template) c
                """, """
                insert into registry.mcp_server
                select (s).* from (
                  select jsonb_populate_record(s, jsonb_build_object(
                    'server_id', benchmark.copy_of(s.server_id::text, n),
                    'organization_id', benchmark.copy_of(s.organization_id::text, n))) as s
                  from registry.mcp_server s, generate_series(:from::integer, :to::integer) n
                  where s.organization_id = :template) c
                """);
    }
}

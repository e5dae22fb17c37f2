package build.leash.registry.server;

import build.leash.access.api.OrganizationId;
import build.leash.access.api.Page;
import build.leash.access.api.PageRequest;
import build.leash.access.api.Slug;
import build.leash.registry.api.HeadersJson;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServerView.BearerView;
import build.leash.registry.api.Transport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads {@code registry.mcp_server}. */
final class StoredMcpServers {

    private final JdbcClient jdbc;

    StoredMcpServers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<McpServerView> find(OrganizationId organization, Slug slug) {
        return jdbc.sql("select * from registry.mcp_server where organization_id = ? and slug = ?")
                .params(organization.value(), slug.value()).query(StoredMcpServers::view).optional();
    }

    Page<McpServerView> list(OrganizationId organization, PageRequest page) {
        List<McpServerView> rows = jdbc.sql("""
                select * from registry.mcp_server where organization_id = ? and slug > ? order by slug limit ?
                """).params(organization.value(), page.after() == null ? "" : page.after(), page.limit() + 1)
                .query(StoredMcpServers::view).list();
        return Page.of(rows, page.limit(), server -> server.slug().value());
    }

    /** @param text what the slug, the name or the URL contains; empty for all */
    Page<McpServerView> search(OrganizationId organization, String text, PageRequest page) {
        if (text.isEmpty()) {
            return list(organization, page);
        }
        List<McpServerView> rows = jdbc.sql("""
                select * from registry.mcp_server where organization_id = :organization and slug > :after
                  and (slug ilike :text or display_name ilike :text or url ilike :text)
                order by slug limit :limit
                """).param("organization", organization.value())
                .param("after", page.after() == null ? "" : page.after()).param("text", containing(text))
                .param("limit", page.limit() + 1).query(StoredMcpServers::view).list();
        return Page.of(rows, page.limit(), server -> server.slug().value());
    }

    int count(OrganizationId organization, String text) {
        if (text.isEmpty()) {
            return jdbc.sql("select count(*) from registry.mcp_server where organization_id = ?")
                    .param(organization.value()).query(Integer.class).single();
        }
        return jdbc.sql("""
                select count(*) from registry.mcp_server where organization_id = :organization
                  and (slug ilike :text or display_name ilike :text or url ilike :text)
                """).param("organization", organization.value()).param("text", containing(text))
                .query(Integer.class).single();
    }

    /** A pattern that takes the text as it is. PostgreSQL's text has no NUL, so nothing can contain one. */
    private static String containing(String text) {
        return "%" + text.replaceAll("[%_\\\\]", "\\\\$0").replace("\0", "\uFFFF") + "%";
    }

    /** Whether the organization has at least so many servers. */
    boolean hasAtLeast(OrganizationId organization, int count) {
        return jdbc.sql("select 1 from registry.mcp_server where organization_id = ? offset ? limit 1")
                .params(organization.value(), count - 1).query(Integer.class).optional().isPresent();
    }

    private static McpServerView view(ResultSet row, int number) throws SQLException {
        return new McpServerView(McpServerId.of(row.getString("server_id")),
                OrganizationId.of(row.getString("organization_id")), Slug.of(row.getString("slug")),
                row.getString("display_name"), HttpsUrl.of(row.getString("url")),
                Transport.of(row.getString("transport")), bearer(row), HeadersJson.read(row.getString("headers")),
                row.getLong("version"), instant(row, "registered_at"), row.getString("registered_by"),
                instant(row, "changed_at"), row.getString("changed_by"));
    }

    private static @Nullable BearerView bearer(ResultSet row) throws SQLException {
        if (row.getObject("bearer_version") == null) {
            return null;
        }
        return new BearerView(row.getLong("bearer_version"), instant(row, "rotated_at"), row.getString("rotated_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}

package build.leash.app.dashboard;

import static build.leash.access.api.Permission.CHANGE_PLAN;
import static build.leash.access.api.Permission.CHANGE_SERVERS;
import static build.leash.access.api.Permission.CHANGE_SOURCES;
import static build.leash.access.api.Permission.MANAGE_API_KEYS;
import static build.leash.access.api.Permission.MANAGE_ENCRYPTION_KEY;
import static build.leash.access.api.Permission.MANAGE_MEMBERS;
import static build.leash.access.api.Permission.READ;
import static build.leash.access.api.Permission.READ_AUDIT_LOG;

import build.leash.access.api.Role;
import build.leash.app.dashboard.Routes.Request;
import java.util.Map;

/** Those of the pages. */
final class DashboardRoutes {

    private static final String ORG = "/dashboard/organization";

    private DashboardRoutes() {}

    static void addTo(Routes routes) {
        addPages(routes);
        addCommands(routes);
        addServers(routes);
        addKeysAndMembers(routes);
        addEncryption(routes);
        addSecrets(routes);
        addAudit(routes);
        addApps(routes);
    }

    private static void addPages(Routes routes) {
        routes.page(ORG, READ);
        routes.page(ORG + "/activity", READ);
        routes.page(ORG + "/servers", READ);
        routes.page(ORG + "/export", READ);
        routes.page(ORG + "/keys", READ);
        routes.page(ORG + "/members", READ);
        routes.page(ORG + "/plan", READ);
        routes.page("/dashboard/live", READ);
        routes.page(ORG + "/register", CHANGE_SERVERS);
        routes.page(ORG + "/header-row", CHANGE_SERVERS);
        routes.page(ORG + "/import", CHANGE_SERVERS);
        routes.page(ORG + "/keys/new", MANAGE_API_KEYS);
        routes.page(ORG + "/members/invite", MANAGE_MEMBERS);
        routes.page(ORG + "/plan/change", CHANGE_PLAN);
    }

    private static void addCommands(Routes routes) {
        routes.command("POST " + ORG + "/validation", CHANGE_SERVERS,
                h -> Request.form(ORG + "/validation", Map.of("field", "slug", "slug", "a")));
        routes.command("POST " + ORG + "/register", CHANGE_SERVERS, h -> Request.form(ORG + "/register", Map.of("slug",
                h.freeSlug(), "url", "https://mcp.example.com", "transport", "sse", "auth", "none")));
        routes.command("POST " + ORG + "/import/preview", CHANGE_SERVERS,
                h -> Request.form(ORG + "/import/preview", Map.of("pasted", pasted(h.freeSlug()))));
        routes.command("POST " + ORG + "/import", CHANGE_SERVERS, h -> {
            String slug = h.freeSlug();
            return Request.form(ORG + "/import", Map.of("pasted", pasted(slug), "slug", slug));
        });
        routes.command("POST " + ORG + "/keys", MANAGE_API_KEYS,
                h -> Request.form(ORG + "/keys", Map.of("name", "k", "kind", "app")));
        routes.command("POST " + ORG + "/members/invite", MANAGE_MEMBERS, h -> Request.form(ORG + "/members/invite",
                Map.of("email", h.freeSlug() + "@example.com", "role", "viewer")));
        routes.command("POST " + ORG + "/plan/change", CHANGE_PLAN,
                h -> Request.form(ORG + "/plan/change", Map.of("plan", "growth")));
    }

    private static void addServers(Routes routes) {
        for (String view : new String[]{"", "/current", "/connect"}) {
            routes.thing("GET " + ORG + "/servers/{slug}" + view, READ,
                    h -> Request.get(ORG + "/servers/" + h.server() + view));
        }
        for (String dialog : new String[]{"/edit", "/rotate", "/revoke"}) {
            routes.thing("GET " + ORG + "/servers/{slug}" + dialog, CHANGE_SERVERS,
                    h -> Request.get(ORG + "/servers/" + h.server() + dialog));
        }
        routes.thing("POST " + ORG + "/servers/{slug}/edit", CHANGE_SERVERS, h -> {
            String slug = h.server();
            return Request.form(ORG + "/servers/" + slug + "/edit",
                    Map.of("displayName", "New", "url", "https://new.example.com", "transport", "sse"));
        });
        routes.thing("POST " + ORG + "/servers/{slug}/rotate", CHANGE_SERVERS,
                h -> Request.form(ORG + "/servers/" + h.server() + "/rotate", Map.of("token", "new")));
        routes.thing("POST " + ORG + "/servers/{slug}/revoke", CHANGE_SERVERS, h -> {
            String slug = h.server();
            return Request.form(ORG + "/servers/" + slug + "/revoke", Map.of("confirmation", slug));
        });
    }

    private static void addKeysAndMembers(Routes routes) {
        routes.thing("GET " + ORG + "/keys/{id}/revoke", MANAGE_API_KEYS,
                h -> Request.get(ORG + "/keys/" + h.key() + "/revoke"));
        routes.thing("POST " + ORG + "/keys/{id}/revoke", MANAGE_API_KEYS,
                h -> Request.form(ORG + "/keys/" + h.key() + "/revoke", Map.of()));
        routes.thing("GET " + ORG + "/members/{person}/remove", MANAGE_MEMBERS,
                h -> Request.get(ORG + "/members/" + h.join(Role.VIEWER).id() + "/remove"));
        routes.thing("POST " + ORG + "/members/{person}/remove", MANAGE_MEMBERS,
                h -> Request.form(ORG + "/members/" + h.join(Role.VIEWER).id() + "/remove", Map.of()));
        routes.thing("POST " + ORG + "/members/{person}/role", MANAGE_MEMBERS, h -> Request.form(
                ORG + "/members/" + h.join(Role.VIEWER).id() + "/role", Map.of("role", "builder")));
        routes.thing("POST " + ORG + "/members/invitations/{id}/withdraw", MANAGE_MEMBERS, h -> Request.form(
                ORG + "/members/invitations/" + h.invite(Role.VIEWER).invitation().id() + "/withdraw", Map.of()));
    }

    private static void addEncryption(Routes routes) {
        String card = ORG + "/encryption-key";
        routes.page(card, READ);
        for (String dialog : new String[]{"/rotate", "/change", "/shred"}) {
            routes.page(card + dialog, MANAGE_ENCRYPTION_KEY);
        }
        routes.command("POST " + card + "/rotate", MANAGE_ENCRYPTION_KEY,
                h -> Request.form(card + "/rotate", Map.of("what", "key")));
        routes.command("POST " + card + "/change", MANAGE_ENCRYPTION_KEY,
                h -> Request.form(card + "/change", Map.of("provider", "local")));
    }

    private static void addSecrets(Routes routes) {
        String secrets = ORG + "/secrets";
        routes.page(secrets, READ);
        routes.page(secrets + "/current", READ);
        routes.page(secrets + "/new", CHANGE_SOURCES);
        routes.page(secrets + "/notifications", CHANGE_SOURCES);
        routes.command("POST " + secrets + "/notifications", CHANGE_SOURCES,
                h -> Request.form(secrets + "/notifications", Map.of("url", "")));
        routes.command("POST " + secrets, CHANGE_SOURCES,
                h -> Request.form(secrets, Map.of("name", h.freeSlug(), "kind", "native")));
        for (String dialog : new String[]{"/edit", "/remove", "/value"}) {
            routes.thing("GET " + secrets + "/{id}" + dialog, CHANGE_SOURCES,
                    h -> Request.get(secrets + "/" + h.standingSource() + dialog));
        }
        routes.thing("POST " + secrets + "/{id}/edit", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/edit", Map.of("name", "Standing", "apps", "default")));
        routes.thing("POST " + secrets + "/{id}/remove", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.source() + "/remove", Map.of()));
        routes.thing("POST " + secrets + "/{id}/sync", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.externalSource() + "/sync", Map.of()));
        routes.thing("POST " + secrets + "/{id}/value", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/value", Map.of("key", "OTHER", "value", "x")));
        routes.thing("GET " + secrets + "/{id}/values/{key}/versions", READ,
                h -> Request.get(secrets + "/" + h.standingSource() + "/values/KEY/versions"));
        routes.thing("POST " + secrets + "/{id}/values/{key}/roll-back", CHANGE_SOURCES, h -> Request.form(
                secrets + "/" + h.standingSource() + "/values/KEY/roll-back", Map.of("version", "1")));
        routes.thing("POST " + secrets + "/{id}/values/{key}/remove", CHANGE_SOURCES,
                h -> Request.form(secrets + "/" + h.source() + "/values/KEY/remove", Map.of()));
    }

    private static void addApps(Routes routes) {
        String apps = "/dashboard/apps";
        routes.page(apps + "/new", CHANGE_SOURCES);
        routes.command("POST " + apps, CHANGE_SOURCES, h -> Request.form(apps, Map.of("name", h.freeSlug())));
        routes.thing("GET " + apps + "/{app}/secrets", READ, h -> Request.get(apps + "/" + h.app() + "/secrets"));
        routes.thing("GET " + apps + "/{app}/secrets/current", READ,
                h -> Request.get(apps + "/" + h.app() + "/secrets/current"));
        for (String dialog : new String[]{"/edit", "/remove"}) {
            routes.thing("GET " + apps + "/{app}" + dialog, CHANGE_SOURCES,
                    h -> Request.get(apps + "/" + h.app() + dialog));
        }
        routes.thing("POST " + apps + "/{app}/edit", CHANGE_SOURCES,
                h -> Request.form(apps + "/" + h.app() + "/edit", Map.of("displayName", "Web shop")));
        routes.thing("POST " + apps + "/{app}/remove", CHANGE_SOURCES,
                h -> Request.form(apps + "/" + h.app() + "/remove", Map.of()));
        routes.thing("POST " + apps + "/{app}/secrets/allow", CHANGE_SOURCES, h -> Request.form(
                apps + "/" + h.app() + "/secrets/allow", Map.of("source", h.standingSource(), "allowed", "true")));
    }

    private static void addAudit(Routes routes) {
        String audit = ORG + "/audit";
        for (String path : new String[]{"", "/reads", "/checkpoints", "/state"}) {
            routes.page(audit + path, READ_AUDIT_LOG);
        }
        routes.thing("GET " + audit + "/events/{id}", READ_AUDIT_LOG, h -> Request.get(audit + "/events/" + h.event()));
    }

    private static String pasted(String slug) {
        return "{\"mcpServers\": {\"" + slug + "\": {\"url\": \"https://mcp.example.com/mcp\"}}}";
    }
}

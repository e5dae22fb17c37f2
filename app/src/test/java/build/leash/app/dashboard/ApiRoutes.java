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

/** Those of the write side's API, as a session uses it. */
final class ApiRoutes {

    private static final String API = "/api/organization";

    private ApiRoutes() {}

    static void addTo(Routes routes) {
        routes.page(API + "/mcp-servers", READ);
        routes.page(API + "/api-keys", READ);
        routes.page(API + "/plan", READ);
        routes.thing("GET " + API + "/mcp-servers/{slug}", READ, h -> Request.get(API + "/mcp-servers/" + h.server()));
        routes.command("POST " + API + "/mcp-servers", CHANGE_SERVERS, h -> Request.json(API + "/mcp-servers",
                "{\"slug\": \"" + h.freeSlug()
                        + "\", \"url\": \"https://a.example\", \"auth\": {\"type\": \"none\"}}"));
        routes.thing("PATCH " + API + "/mcp-servers/{slug}", CHANGE_SERVERS,
                h -> Request.json(API + "/mcp-servers/" + h.server(), "{\"displayName\": \"New\"}"));
        routes.thing("POST " + API + "/mcp-servers/{slug}/rotate", CHANGE_SERVERS,
                h -> Request.json(API + "/mcp-servers/" + h.server() + "/rotate", "{\"token\": \"new\"}"));
        routes.thing("DELETE " + API + "/mcp-servers/{slug}", CHANGE_SERVERS,
                h -> Request.json(API + "/mcp-servers/" + h.server(), ""));
        routes.command("POST " + API + "/api-keys", MANAGE_API_KEYS,
                h -> Request.json(API + "/api-keys", "{\"name\": \"k\"}"));
        routes.thing("DELETE " + API + "/api-keys/{id}", MANAGE_API_KEYS,
                h -> Request.json(API + "/api-keys/" + h.key(), ""));
        routes.page(API + "/encryption-key", READ);
        routes.command("PUT " + API + "/encryption-key", MANAGE_ENCRYPTION_KEY,
                h -> Request.json(API + "/encryption-key", "{\"provider\": \"local\"}"));
        routes.command("POST " + API + "/encryption-key/rotate", MANAGE_ENCRYPTION_KEY,
                h -> Request.json(API + "/encryption-key/rotate", "{\"what\": \"key\"}"));
        routes.page(API + "/members", READ);
        routes.thing("PATCH " + API + "/members/{person}", MANAGE_MEMBERS,
                h -> Request.json(API + "/members/" + h.join(Role.VIEWER).id(), "{\"role\": \"builder\"}"));
        routes.thing("DELETE " + API + "/members/{person}", MANAGE_MEMBERS,
                h -> Request.json(API + "/members/" + h.join(Role.VIEWER).id(), ""));
        routes.page(API + "/invitations", MANAGE_MEMBERS);
        routes.command("POST " + API + "/invitations", MANAGE_MEMBERS, h -> Request.json(API + "/invitations",
                "{\"email\": \"" + h.freeSlug() + "@example.com\"}"));
        routes.thing("DELETE " + API + "/invitations/{id}", MANAGE_MEMBERS,
                h -> Request.json(API + "/invitations/" + h.invite(Role.VIEWER).invitation().id(), ""));
        routes.command("PUT " + API + "/plan", CHANGE_PLAN, h -> Request.json(API + "/plan", "{\"plan\": \"growth\"}"));
        addEnv(routes);
        addAudit(routes);
    }

    private static void addEnv(Routes routes) {
        routes.page(API + "/apps", READ);
        routes.command("POST " + API + "/apps", CHANGE_SOURCES,
                h -> Request.json(API + "/apps", "{\"name\": \"" + h.freeSlug() + "\"}"));
        routes.thing("GET " + API + "/apps/{app}", READ, h -> Request.get(API + "/apps/" + h.app()));
        routes.thing("PATCH " + API + "/apps/{app}", CHANGE_SOURCES,
                h -> Request.json(API + "/apps/" + h.app(), "{\"displayName\": \"Web shop\"}"));
        routes.thing("DELETE " + API + "/apps/{app}", CHANGE_SOURCES, h -> Request.json(API + "/apps/" + h.app(), ""));
        String sources = API + "/secret-sources";
        routes.page(sources, READ);
        routes.command("POST " + sources, CHANGE_SOURCES, h -> Request.json(sources,
                "{\"name\": \"" + h.freeSlug() + "\", \"kind\": \"native\"}"));
        routes.thing("GET " + sources + "/{id}", READ, h -> Request.get(sources + "/" + h.standingSource()));
        routes.thing("PATCH " + sources + "/{id}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.standingSource(), "{\"apps\": []}"));
        routes.thing("DELETE " + sources + "/{id}", CHANGE_SOURCES, h -> Request.json(sources + "/" + h.source(), ""));
        routes.thing("GET " + sources + "/{id}/values", READ,
                h -> Request.get(sources + "/" + h.standingSource() + "/values"));
        routes.thing("PUT " + sources + "/{id}/values/{key}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.standingSource() + "/values/KEY", "{\"value\": \"x\"}"));
        routes.thing("DELETE " + sources + "/{id}/values/{key}", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.source() + "/values/KEY", ""));
        routes.thing("GET " + sources + "/{id}/values/{key}/versions", READ,
                h -> Request.get(sources + "/" + h.standingSource() + "/values/KEY/versions"));
        routes.thing("POST " + sources + "/{id}/values/{key}/roll-back", CHANGE_SOURCES, h -> Request.json(
                sources + "/" + h.standingSource() + "/values/KEY/roll-back", "{\"version\": 1}"));
        routes.thing("POST " + sources + "/{id}/sync", CHANGE_SOURCES,
                h -> Request.json(sources + "/" + h.externalSource() + "/sync", ""));
        String notifications = API + "/notifications";
        routes.thing("GET " + notifications, READ, h -> {
            h.notified();
            return Request.get(notifications);
        });
        routes.thing("DELETE " + notifications, CHANGE_SOURCES, h -> {
            h.notified();
            return Request.json(notifications, "");
        });
        routes.command("PUT " + notifications, CHANGE_SOURCES, h -> Request.json(notifications,
                "{\"url\": \"https://127.0.0.1\", \"secret\": \"a-signing-secret-of-the-test\"}"));
    }

    private static void addAudit(Routes routes) {
        String audit = API + "/audit";
        for (String path : new String[]{"/events", "/export", "/checkpoint", "/replay", "/reads"}) {
            routes.page(audit + path, READ_AUDIT_LOG);
        }
        routes.command("POST " + audit + "/replay", READ_AUDIT_LOG, h -> Request.json(audit + "/replay", "{}"));
        String moment = "2026-01-31T12:00:00Z";
        routes.command("GET " + audit + "/state", READ_AUDIT_LOG, h -> Request.get(audit + "/state?at=" + moment));
        routes.command("GET " + audit + "/changes", READ_AUDIT_LOG,
                h -> Request.get(audit + "/changes?from=" + moment + "&to=2200-01-01T00:00:00Z"));
        routes.command("GET " + audit + "/consistency", READ_AUDIT_LOG, h -> {
            long size = h.checkpointSize();
            return Request.get(audit + "/consistency?from=" + size + "&to=" + size);
        });
        routes.thing("GET " + audit + "/events/{id}", READ_AUDIT_LOG, h -> Request.get(audit + "/events/" + h.event()));
    }
}

package build.leash.app.dashboard;

import static build.leash.access.api.Permission.CHANGE_PLAN;
import static build.leash.access.api.Permission.CHANGE_SERVERS;
import static build.leash.access.api.Permission.MANAGE_API_KEYS;
import static build.leash.access.api.Permission.MANAGE_ENCRYPTION_KEY;
import static build.leash.access.api.Permission.MANAGE_MEMBERS;
import static build.leash.access.api.Permission.READ;

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
    }
}

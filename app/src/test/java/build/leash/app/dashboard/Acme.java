package build.leash.app.dashboard;

import build.leash.access.api.Actor;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.AppName;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.EmailAddress;
import build.leash.access.api.Members;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.app.support.RunningLeash;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.Change;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.Apps;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.SecretSources;
import build.leash.secrets.api.SourceId;
import java.util.List;
import java.util.Locale;

/** An organization as they look in daily use: servers, changes, keys, an open invitation. */
final class Acme {

    private static final List<String> NAMES = List.of("intercom", "linear", "notion", "github-enterprise", "snowflake",
            "zendesk", "internal-billing", "salesforce");

    private Acme() {}

    static House in(RunningLeash leash) {
        House house = House.named(leash, "Acme");
        McpServers servers = leash.bean(McpServers.class);
        var owner = new Caller(house.owner().organization(),
                Actor.person(house.person(Role.OWNER).id()), Role.OWNER, "request-of-test");
        for (String name : NAMES) {
            boolean open = name.equals("notion");
            servers.register(owner, new Registration(Slug.of(name),
                    DisplayName.of(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)),
                    HttpsUrl.of("https://mcp." + name + ".example.com/mcp"),
                    open ? Transport.SSE : Transport.STREAMABLE_HTTP,
                    open ? null : new BearerToken(PlainSecret.of("first")), RequestedHeaders.NONE));
        }
        servers.rotate(owner, Slug.of("intercom"), new BearerToken(PlainSecret.of("second")), null);
        servers.change(owner, Slug.of("intercom"), new Change(DisplayName.of("Intercom, EU"),
                HttpsUrl.of("https://mcp.eu.intercom.example.com/mcp"), null,
                new RequestedHeaders(List.of(new RequestedHeader.Plain(HeaderName.of("X-Tenant"), "acme"),
                        new RequestedHeader.Secret(HeaderName.of("X-Workspace-Key"), PlainSecret.of("sealed"))))),
                null);
        ApiKeys.Issued app = leash.bean(ApiKeys.class).issue(owner,
                new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("Checkout service"), null,
                        List.of(Slug.of("intercom"), Slug.of("linear")), null));
        leash.bean(ApiKeys.class).issue(owner,
                new ApiKeyRequest(ApiKeyKind.MANAGEMENT, DisplayName.of("Terraform"), Role.BUILDER, null, null));
        leash.client().get("/api/integrations/mcp-config/intercom").key(app.plain().reveal()).send();
        leash.bean(Members.class).invite(owner, new EmailAddress("nia@acme.example"), Role.AUDITOR);
        house.source();
        house.source();
        leash.bean(Apps.class).sync(owner, AppName.DEFAULT, List.of(EnvKey.of("KEY"), EnvKey.of("MISSING")));
        leash.bean(SecretSources.class).sync(owner, SourceId.of(house.externalSource()));
        leash.client().get("/api/apps/me/secrets/KEY").key(app.plain().reveal()).send();
        return house;
    }
}

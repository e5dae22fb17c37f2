package build.leash.app.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.ApiKeys;
import build.leash.access.api.Caller;
import build.leash.access.api.DisplayName;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.access.api.Slug;
import build.leash.app.support.RunningLeash;
import build.leash.billing.api.Plan;
import build.leash.billing.api.Subscriptions;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.Change;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerView;
import build.leash.registry.api.McpServers;
import build.leash.registry.api.Registration;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.RequestedHeader;
import build.leash.registry.api.RequestedHeaders;
import build.leash.registry.api.ServerVersion;
import build.leash.registry.api.Transport;
import build.leash.secrets.api.PlainSecret;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An aggregate that is loaded from a snapshot decides as one that is loaded from its events. On the real database. */
class SnapshotTest {

    private static final int ENOUGH = AxonComposition.EVENTS_PER_SNAPSHOT + 5;
    private static final Slug SLUG = Slug.of("intercom");

    private final RunningLeash leash = RunningLeash.shared();
    private final Caller caller = leash.founds().owner();

    @Test
    void anOrganizationKnowsItsKeys() {
        ApiKeys keys = leash.bean(ApiKeys.class);
        ApiKeyId revoked = issue(keys);
        ApiKeyId inForce = issue(keys);
        keys.revoke(caller, revoked);
        for (int i = 0; i < ENOUGH; i++) {
            issue(keys);
        }
        assertThat(readsFromSnapshot(caller.organization().toString())).isTrue();

        assertRejected(() -> keys.revoke(caller, revoked), AccessRejection.UNKNOWN_API_KEY);
        keys.revoke(caller, inForce);
        assertRejected(() -> keys.revoke(caller, inForce), AccessRejection.UNKNOWN_API_KEY);
    }

    @Test
    void aSubscriptionKnowsItsPlan() {
        Subscriptions subscriptions = leash.bean(Subscriptions.class);
        for (int i = 0; i < ENOUGH; i++) {
            subscriptions.change(caller, i % 2 == 0 ? Plan.SCALE : Plan.STARTER);
        }
        Plan present = subscriptions.get(caller).plan();
        String aggregate = "subscription:" + caller.organization();
        assertThat(readsFromSnapshot(aggregate)).isTrue();

        long events = events(aggregate);
        subscriptions.change(caller, present);
        assertThat(events(aggregate)).as("a change to the same plan is none").isEqualTo(events);
        subscriptions.change(caller, Plan.GROWTH);
        assertThat(payload(aggregate, events)).contains("\"from\":\"" + present + "\"").contains("\"to\":\"growth\"");
    }

    @Test
    void aServerKnowsItsEndpointAndVersion() {
        McpServers servers = leash.bean(McpServers.class);
        McpServerView server = rotatedOften(servers);
        String aggregate = server.id().toString();
        assertThat(readsFromSnapshot(aggregate)).isTrue();

        assertThat(servers
                .change(caller, SLUG, new Change(DisplayName.of(server.displayName()), server.url(), null, null), null)
                .version()).as("a change to the same is none").isEqualTo(server.version());
        assertRejected(() -> servers.rotate(caller, SLUG, token(),
                new ServerVersion(server.id(), server.version() - 1)), RegistryRejection.VERSION_CONFLICT);
        McpServerView changed = servers.change(caller, SLUG,
                new Change(null, null, Transport.SSE, keepingTheSecret()), server.serverVersion());
        assertThat(changed.version()).isEqualTo(server.version() + 1);
        assertThat(changed.headers()).isEqualTo(server.headers());
        servers.revoke(caller, SLUG, changed.serverVersion());
    }

    @Test
    void passesOverASnapshotOfAnotherRevision() {
        McpServers servers = leash.bean(McpServers.class);
        McpServerView server = rotatedOften(servers);
        sql("update eventstore.snapshot set payload_revision = '0', payload = 'outdated' where aggregate_identifier = ?",
                server.id().toString());
        assertThat(readsFromSnapshot(server.id().toString())).isFalse();
        assertThat(servers.rotate(caller, SLUG, token(), server.serverVersion()).version())
                .isEqualTo(server.version() + 1);
    }

    @Test
    void passesOverASnapshotOfAnAggregateThatIsNoMore() {
        McpServers servers = leash.bean(McpServers.class);
        McpServerView server = rotatedOften(servers);
        sql("update eventstore.snapshot set payload_type = 'snapshot.Retired' where aggregate_identifier = ?",
                server.id().toString());
        assertThat(servers.rotate(caller, SLUG, token(), server.serverVersion()).version())
                .isEqualTo(server.version() + 1);
    }

    private McpServerView rotatedOften(McpServers servers) {
        RequestedHeaders headers = new RequestedHeaders(List.of(
                new RequestedHeader.Secret(HeaderName.of("X-Pass"), PlainSecret.of("s3cr3t")),
                new RequestedHeader.Plain(HeaderName.of("X-Tenant"), "acme")));
        McpServerView server = servers.register(caller, new Registration(SLUG, DisplayName.of("Intercom"),
                HttpsUrl.of("https://bücher.example/mcp"), Transport.STREAMABLE_HTTP, null, headers));
        for (int i = 0; i < ENOUGH; i++) {
            server = servers.rotate(caller, SLUG, token(), server.serverVersion());
        }
        return server;
    }

    private static RequestedHeaders keepingTheSecret() {
        return new RequestedHeaders(List.of(new RequestedHeader.KeptSecret(HeaderName.of("X-Pass")),
                new RequestedHeader.Plain(HeaderName.of("X-Tenant"), "acme")));
    }

    private static BearerToken token() {
        return new BearerToken(PlainSecret.of("t-" + UUID.randomUUID()));
    }

    private ApiKeyId issue(ApiKeys keys) {
        return keys.issue(caller, new ApiKeyRequest(ApiKeyKind.APP, DisplayName.of("CI"), null, null, null)).key().id();
    }

    private boolean readsFromSnapshot(String aggregate) {
        Aggregates aggregates = leash.bean(Aggregates.class);
        return aggregates.has(leash.bean(EventStore.class).readEvents(aggregate).next().getPayloadType());
    }

    private long events(String aggregate) {
        return leash.bean(JdbcClient.class)
                .sql("select count(*) from eventstore.domain_event where aggregate_identifier = ?").param(aggregate)
                .query(Long.class).single();
    }

    private String payload(String aggregate, long sequenceNumber) {
        return leash.bean(JdbcClient.class).sql("""
                select convert_from(payload, 'UTF8') from eventstore.domain_event
                where aggregate_identifier = ? and sequence_number = ?
                """).params(aggregate, sequenceNumber).query(String.class).single();
    }

    private void sql(String sql, Object... parameters) {
        assertThat(leash.bean(JdbcClient.class).sql(sql).params(parameters).update()).isPositive();
    }

    private static void assertRejected(ThrowingCallable call, Rejection rejection) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(call)
                .satisfies(rejected -> assertThat(rejected.rejection()).isEqualTo(rejection));
    }
}

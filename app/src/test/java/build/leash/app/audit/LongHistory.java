package build.leash.app.audit;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.Commands;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.OrganizationFounded;
import build.leash.access.api.event.RecordedEvent;
import build.leash.billing.api.Plan;
import build.leash.billing.api.event.PlanChanged;
import build.leash.billing.api.event.SubscriptionStarted;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.secrets.api.SecretRef;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/** What might have happened in an organization over years; the same for the same seed. */
final class LongHistory {

    private static final List<StaticHeader> HEADERS = List.of(StaticHeader.plain(HeaderName.of("X-Tenant"), "acme"));

    private final Random random;
    private final OrganizationId organization;
    private final int servers;
    private final boolean isNew;
    private final Map<String, Long> sequences = new HashMap<>();
    private final Deque<DomainEventMessage<?>> next = new ArrayDeque<>();
    private final List<Server> registered = new ArrayList<>();
    private final List<ApiKeyId> keys = new ArrayList<>();

    private record Server(McpServerId id, Slug slug, long version, SecretRef bearer) {}

    private LongHistory(long seed, OrganizationId organization, int servers, boolean isNew) {
        this.random = new Random(seed);
        this.organization = organization;
        this.servers = servers;
        this.isNew = isNew;
    }

    /** @param servers so many are registered after a while */
    static LongHistory of(long seed, OrganizationId organization, int servers) {
        LongHistory history = new LongHistory(seed, organization, servers, true);
        history.found(seed);
        return history;
    }

    /** The history of servers in an organization that was founded by command. */
    static LongHistory within(OrganizationId organization, int servers) {
        return new LongHistory(0, organization, servers, false);
    }

    private void found(long seed) {
        add("Organization", organization, new OrganizationFounded(organization, DisplayName.of("Acme " + seed)));
        add("Organization", organization, new MemberAdded(organization, PersonId.of(uuid().toString()), Role.OWNER));
        add("Subscription", "subscription:" + organization, new SubscriptionStarted(organization, Plan.STARTER));
        add("Subscription", "subscription:" + organization,
                new PlanChanged(organization, Plan.STARTER, Plan.GROWTH));
    }

    DomainEventMessage<?> next() {
        if (next.isEmpty()) {
            happen(random.nextInt(100));
        }
        return next.remove();
    }

    private void happen(int what) {
        if (registered.isEmpty() || (registered.size() < servers && what < 60)) {
            register();
        } else if (what < 4 && isNew) {
            issueKey();
        } else if (what < 6 && !keys.isEmpty()) {
            add("Organization", organization, new ApiKeyRevoked(organization, keys.removeLast()));
        } else if (what < 8) {
            Server gone = registered.removeLast();
            add("McpServer", gone.id(),
                    new McpServerRevoked(gone.id(), organization, gone.slug(), gone.version() + 1));
        } else {
            change(random.nextInt(registered.size()), what % 2 == 0);
        }
    }

    private void register() {
        Slug slug = Slug.of("server-" + registered.size());
        Server server = new Server(new McpServerId(uuid()), slug, 1, new SecretRef(uuid(), 1));
        registered.add(server);
        add("McpServer", server.id(), new McpServerRegistered(server.id(), organization, slug,
                DisplayName.of("Server " + slug), url(), Transport.STREAMABLE_HTTP, server.bearer(), HEADERS, 1));
    }

    private void change(int index, boolean isRotation) {
        Server before = registered.get(index);
        Server after = new Server(before.id(), before.slug(), before.version() + 1, isRotation
                ? new SecretRef(uuid(), before.bearer().version() + 1)
                : before.bearer());
        registered.set(index, after);
        add("McpServer", after.id(), isRotation
                ? new BearerRotated(after.id(), organization, after.slug(), after.bearer(), after.version())
                : new McpServerChanged(after.id(), organization, after.slug(), DisplayName.of("Server " + after.slug()),
                        url(), Transport.SSE, HEADERS, after.version()));
    }

    private void issueKey() {
        ApiKeyId key = ApiKeyId.of(uuid().toString());
        keys.add(key);
        add("Organization", organization,
                new ApiKeyIssued(organization, key, ApiKeyKind.APP, DisplayName.of("CI"), null,
                        null, null, HexFormat.of().formatHex(bytes(32)), null));
    }

    private void add(String type, Object aggregate, RecordedEvent event) {
        String id = aggregate.toString();
        long sequence = sequences.merge(id, 1L, Long::sum) - 1;
        next.add(new GenericDomainEventMessage<>(type, id, sequence, event, MetaData
                .with(Commands.ACTOR, "api-key:" + organization).and(Commands.REQUEST_ID, uuid().toString())));
    }

    private HttpsUrl url() {
        return HttpsUrl.of("https://mcp.example.com/organizations/" + random.nextInt());
    }

    private UUID uuid() {
        return UUID.nameUUIDFromBytes((organization + "/" + random.nextLong()).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

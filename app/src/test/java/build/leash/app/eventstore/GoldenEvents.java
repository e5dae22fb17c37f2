package build.leash.app.eventstore;

import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvitationId;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.access.api.event.AccessEvent;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.EventFamily;
import build.leash.access.api.event.InvitationAccepted;
import build.leash.access.api.event.InvitationWithdrawn;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberInvited;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
import build.leash.access.api.event.OrganizationFounded;
import build.leash.access.api.event.RecordedEvent;
import build.leash.billing.api.Plan;
import build.leash.billing.api.event.BillingEvent;
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
import build.leash.registry.api.event.RegistryEvent;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.KeyOrigin;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.AppRenamed;
import build.leash.secrets.api.event.DataKeyRotated;
import build.leash.secrets.api.event.DestroyedVersion;
import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.EnvEvent;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import build.leash.secrets.api.event.KeyDestructionScheduled;
import build.leash.secrets.api.event.ManifestSynced;
import build.leash.secrets.api.event.NotificationsSet;
import build.leash.secrets.api.event.NotificationsStopped;
import build.leash.secrets.api.event.OrganizationShredded;
import build.leash.secrets.api.event.SecretsEvent;
import build.leash.secrets.api.event.SecretsReencrypted;
import build.leash.secrets.api.event.SecretsRewrapped;
import build.leash.secrets.api.event.ShreddedKey;
import build.leash.secrets.api.event.SourceAdded;
import build.leash.secrets.api.event.SourceChanged;
import build.leash.secrets.api.event.SourceFailed;
import build.leash.secrets.api.event.SourceRecovered;
import build.leash.secrets.api.event.SourceRemoved;
import build.leash.secrets.api.event.SourceSynced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One example of each event, and the files that hold what the log has for it. A file is never edited: an event that
 * changes gets a new revision, a new file, and an upcaster that reads the old one.
 */
final class GoldenEvents {

    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final String SUFFIX = ".json";

    private static final OrganizationId ORGANIZATION = OrganizationId.of("6f1d2c34-58aa-4c0e-9b7d-2f3a4b5c6d7e");
    private static final ApiKeyId KEY = ApiKeyId.of("a3c1e5f7-9b2d-4e6f-8a0c-1b3d5f7e9a2c");
    private static final PersonId OWNER = PersonId.of("0c9b8a7f-6e5d-4c3b-a291-807f6e5d4c3b");
    private static final InvitationId INVITATION = InvitationId.of("5b7c9d1e-2f3a-4b4c-8d6e-7f8091a2b3c4");
    private static final McpServerId SERVER = McpServerId.of("d4e5f6a7-b8c9-4d0e-af1b-2c3d4e5f6a7b");
    private static final AppId APP = AppId.of("2c1f0e9d-8b7a-4c6d-9e5f-4a3b2c1d0e9f");
    private static final SourceId SOURCE = SourceId.of("7e6d5c4b-3a29-4b18-8f07-e6d5c4b3a291");
    private static final EnvKey DATABASE_URL = EnvKey.of("DATABASE_URL");
    private static final String KEK = "projects/acme/locations/eu/keyRings/r/cryptoKeys/leash";
    private static final Slug SLUG = Slug.of("intercom");
    private static final DisplayName NAME = DisplayName.of("Intercom – Müller");
    private static final HttpsUrl URL = HttpsUrl.of("https://mcp.intercom.com/sse?region=eu");
    private static final SecretRef SECRET = new SecretRef(UUID.fromString("11112222-3333-4444-8555-666677778888"), 1);
    private static final SecretRef NEXT_SECRET = new SecretRef(UUID.fromString("99990000-aaaa-4bbb-8ccc-ddddeeeeffff"),
            2);
    private static final List<StaticHeader> HEADERS = List.of(StaticHeader.plain(HeaderName.of("X-Tenant"), "acme"),
            StaticHeader.secret(HeaderName.of("X-Api-Key"), SECRET));

    private GoldenEvents() {}

    static List<EventFamily> families() {
        return List.of(new EventFamily(AccessEvent.class), new EventFamily(BillingEvent.class),
                new EventFamily(SecretsEvent.class), new EventFamily(EnvEvent.class),
                new EventFamily(RegistryEvent.class));
    }

    static Stream<RecordedEvent> examples() {
        return Stream.of(new OrganizationFounded(ORGANIZATION, DisplayName.of("Acme")),
                new MemberAdded(ORGANIZATION, OWNER, Role.OWNER),
                new MemberRoleChanged(ORGANIZATION, OWNER, Role.OWNER, Role.VIEWER),
                new MemberRemoved(ORGANIZATION, OWNER), new MemberInvited(ORGANIZATION, INVITATION, Role.BUILDER),
                new InvitationWithdrawn(ORGANIZATION, INVITATION),
                new InvitationAccepted(ORGANIZATION, INVITATION, OWNER),
                new ApiKeyIssued(ORGANIZATION, KEY, ApiKeyKind.APP, DisplayName.of("CI"), null,
                        List.of(Slug.of("intercom"), Slug.of("linear")), Instant.parse("2030-01-31T12:00:00.000001Z"),
                        "ab".repeat(32), AppName.of("web-shop")),
                new ApiKeyRevoked(ORGANIZATION, KEY), new SubscriptionStarted(ORGANIZATION, Plan.STARTER),
                new PlanChanged(ORGANIZATION, Plan.STARTER, Plan.GROWTH),
                new EncryptionKeyAssigned(ORGANIZATION, "gcp", KEK, KeyOrigin.BROUGHT),
                new EncryptionKeyRotated(ORGANIZATION, "gcp", KEK, "2"),
                new DataKeyRotated(ORGANIZATION, SECRET.id(), NEXT_SECRET.id()),
                new SecretsRewrapped(ORGANIZATION, "gcp", KEK, "2", 3),
                new SecretsReencrypted(ORGANIZATION, SECRET.id(), 1_000, 1),
                new OrganizationShredded(ORGANIZATION, List.of(new ShreddedKey("gcp", KEK, KeyOrigin.BROUGHT),
                        new ShreddedKey("local", "local/" + ORGANIZATION, KeyOrigin.MADE)), 3, 1_000),
                new KeyDestructionScheduled(ORGANIZATION, "gcp", KEK,
                        List.of(new DestroyedVersion("2", "destruction_scheduled",
                                Instant.parse("2030-01-31T12:00:00Z")), new DestroyedVersion("1", "destroyed", null))),
                new AppRegistered(ORGANIZATION, APP, AppName.of("web-shop"), DisplayName.of("Web shop")),
                new AppRenamed(ORGANIZATION, APP, AppName.of("web-shop"), DisplayName.of("Shop")),
                new ManifestSynced(ORGANIZATION, APP, AppName.of("web-shop"), List.of(DATABASE_URL)),
                new AppRemoved(ORGANIZATION, APP, AppName.of("web-shop")),
                new SourceAdded(ORGANIZATION, SOURCE, DisplayName.of("Doppler"), SourceKind.DOPPLER,
                        Map.of("project", "shop", "config", "prd"), SECRET, List.of(AppName.DEFAULT), 3_600),
                new SourceChanged(ORGANIZATION, SOURCE, DisplayName.of("Doppler"), Map.of(), null,
                        List.of(AppName.DEFAULT, AppName.of("web-shop")), 0, 2),
                new SourceFailed(ORGANIZATION, SOURCE, "timeout"), new SourceRecovered(ORGANIZATION, SOURCE),
                new SourceSynced(ORGANIZATION, SOURCE, 3, 2, 1), new SourceRemoved(ORGANIZATION, SOURCE),
                new EnvValueChanged(ORGANIZATION, SOURCE, DATABASE_URL, NEXT_SECRET, 2, 1L,
                        Instant.parse("2030-01-31T12:00:00Z")),
                new EnvValueRemoved(ORGANIZATION, SOURCE, DATABASE_URL, 3),
                new NotificationsSet(ORGANIZATION, "https://hooks.example.com/leash", NEXT_SECRET, 2),
                new NotificationsStopped(ORGANIZATION, 3),
                new McpServerRegistered(SERVER, ORGANIZATION, SLUG, NAME, URL, Transport.STREAMABLE_HTTP, SECRET,
                        HEADERS, 1),
                new McpServerChanged(SERVER, ORGANIZATION, SLUG, NAME, URL, Transport.SSE, List.of(), 2),
                new BearerRotated(SERVER, ORGANIZATION, SLUG, NEXT_SECRET, 2),
                new McpServerRevoked(SERVER, ORGANIZATION, SLUG, 3));
    }

    /** The files without their suffix: {@code <event-name>.<revision>}. */
    static List<String> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).peek(GoldenEvents::isJson)
                    .map(file -> file.substring(0, file.length() - SUFFIX.length())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(String nameAndRevision) {
        try {
            return Files.readString(FOLDER.resolve(nameAndRevision + SUFFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void isJson(String file) {
        if (!file.endsWith(SUFFIX)) {
            throw new IllegalStateException("Not a golden file: " + file);
        }
    }
}

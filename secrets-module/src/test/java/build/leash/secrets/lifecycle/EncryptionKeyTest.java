package build.leash.secrets.lifecycle;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.RejectedWith;
import build.leash.secrets.api.KeyOrigin;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.DataKeyRotated;
import build.leash.secrets.api.event.DestroyedVersion;
import build.leash.secrets.api.event.EncryptionKeyAssigned;
import build.leash.secrets.api.event.EncryptionKeyRotated;
import build.leash.secrets.api.event.KeyDestructionScheduled;
import build.leash.secrets.api.event.OrganizationShredded;
import build.leash.secrets.api.event.SecretsReencrypted;
import build.leash.secrets.api.event.SecretsRewrapped;
import build.leash.secrets.api.event.ShreddedKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EncryptionKeyTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final EncryptionKeyId ID = new EncryptionKeyId(ORGANIZATION);
    private static final UUID OLD = UUID.randomUUID();
    private static final UUID NEW = UUID.randomUUID();
    private static final List<DestroyedVersion> VERSIONS = List
            .of(new DestroyedVersion("1", "destruction_scheduled", Instant.parse("2026-02-01T00:00:00Z")));

    private static final EncryptionKeyAssigned MADE = new EncryptionKeyAssigned(ORGANIZATION, "gcp", "made",
            KeyOrigin.MADE);
    private static final EncryptionKeyAssigned BROUGHT = new EncryptionKeyAssigned(ORGANIZATION, "gcp", "theirs",
            KeyOrigin.BROUGHT);
    private static final ShreddedKey MADE_KEY = new ShreddedKey("gcp", "made", KeyOrigin.MADE);
    private static final ShreddedKey BROUGHT_KEY = new ShreddedKey("gcp", "theirs", KeyOrigin.BROUGHT);
    private static final OrganizationShredded SHREDDED = new OrganizationShredded(ORGANIZATION, List.of(MADE_KEY), 2,
            30);

    private final FixtureConfiguration<EncryptionKey> fixture = new AggregateTestFixture<>(EncryptionKey.class);

    @Test
    void assignsTheFirstKey() {
        fixture.givenNoPriorActivity().when(new AssignFirstKey(ID, "gcp", "made", KeyOrigin.MADE)).expectEvents(MADE);
    }

    @Test
    void assignsNoFirstKeyTwice() {
        fixture.given(MADE).when(new AssignFirstKey(ID, "local", "other", KeyOrigin.MADE)).expectNoEvents()
                .expectException(Exception.class);
    }

    @Test
    void assignsAnotherKeyAndTheEarlierOneAgain() {
        fixture.given(MADE).when(new AssignKey(ID, "gcp", "theirs", KeyOrigin.BROUGHT)).expectEvents(BROUGHT);
        new AggregateTestFixture<>(EncryptionKey.class).given(MADE, BROUGHT)
                .when(new AssignKey(ID, "gcp", "made", KeyOrigin.MADE)).expectEvents(MADE);
    }

    @Test
    void recordsNothingWhenTheKeyIsThePresentOneAlready() {
        fixture.given(MADE).when(new AssignKey(ID, "gcp", "made", KeyOrigin.MADE)).expectNoEvents();
    }

    @Test
    void tellsKeysOfTwoProvidersApart() {
        fixture.given(MADE).when(new AssignKey(ID, "local", "made", KeyOrigin.MADE))
                .expectEvents(new EncryptionKeyAssigned(ORGANIZATION, "local", "made", KeyOrigin.MADE));
    }

    @Test
    void recordsThatItWasBroughtWhenTheOrganizationNamesTheKeyThatWasMadeForIt() {
        fixture.given(MADE).when(new AssignKey(ID, "gcp", "made", KeyOrigin.BROUGHT))
                .expectEvents(new EncryptionKeyAssigned(ORGANIZATION, "gcp", "made", KeyOrigin.BROUGHT));
    }

    @Test
    void recordsWhatJobsDid() {
        fixture.given(MADE).when(new RecordKeyRotation(ID, "gcp", "made", "2"))
                .expectEvents(new EncryptionKeyRotated(ORGANIZATION, "gcp", "made", "2"));
        new AggregateTestFixture<>(EncryptionKey.class).given(MADE).when(new RecordDataKeyRotation(ID, NEW, OLD))
                .expectEvents(new DataKeyRotated(ORGANIZATION, NEW, OLD));
        new AggregateTestFixture<>(EncryptionKey.class).given(MADE)
                .when(new RecordRewrapping(ID, "gcp", "made", "2", 3))
                .expectEvents(new SecretsRewrapped(ORGANIZATION, "gcp", "made", "2", 3));
        new AggregateTestFixture<>(EncryptionKey.class).given(MADE).when(new RecordReencryption(ID, NEW, 40, 1))
                .expectEvents(new SecretsReencrypted(ORGANIZATION, NEW, 40, 1));
    }

    @Test
    void shreddingNamesEveryKeyThePresentOneFirst() {
        fixture.given(MADE, BROUGHT).when(new ShredOrganization(ID, 2, 30))
                .expectEvents(new OrganizationShredded(ORGANIZATION, List.of(BROUGHT_KEY, MADE_KEY), 2, 30));
    }

    @Test
    void shreddingNamesAKeyOnceHoweverOftenItWasAssigned() {
        fixture.given(MADE, BROUGHT, MADE).when(new ShredOrganization(ID, 2, 30))
                .expectEvents(new OrganizationShredded(ORGANIZATION, List.of(MADE_KEY, BROUGHT_KEY), 2, 30));
    }

    @Test
    void shreddingTwiceIsTheSameAsOnce() {
        fixture.given(MADE, SHREDDED).when(new ShredOrganization(ID, 0, 0)).expectNoEvents();
    }

    static Stream<Object> everythingElse() {
        return Stream.of(new AssignKey(ID, "local", "other", KeyOrigin.MADE),
                new AssignKey(ID, "gcp", "made", KeyOrigin.MADE), new RecordKeyRotation(ID, "gcp", "made", "2"),
                new RecordDataKeyRotation(ID, NEW, OLD), new RecordRewrapping(ID, "gcp", "made", "2", 3),
                new RecordReencryption(ID, NEW, 40, 0));
    }

    @ParameterizedTest
    @MethodSource("everythingElse")
    void aShreddedOrganizationStaysShredded(Object command) {
        fixture.given(MADE, SHREDDED).when(command).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.ORGANIZATION_SHREDDED));
    }

    @Test
    void recordsTheDestructionOfAShreddedOrganizationsKeys() {
        fixture.given(MADE, SHREDDED).when(new RecordKeyDestruction(ID, "gcp", "made", VERSIONS))
                .expectEvents(new KeyDestructionScheduled(ORGANIZATION, "gcp", "made", VERSIONS));
    }

    @Test
    void neverRecordsTheDestructionOfAKeyInUse() {
        fixture.given(MADE).when(new RecordKeyDestruction(ID, "gcp", "made", VERSIONS)).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void neverRecordsTheDestructionOfAKeyThatWasBroughtOrIsSomebodyElses() {
        fixture.given(BROUGHT, SHREDDED).when(new RecordKeyDestruction(ID, "gcp", "theirs", VERSIONS))
                .expectNoEvents().expectException(IllegalStateException.class);
        new AggregateTestFixture<>(EncryptionKey.class).given(MADE, SHREDDED)
                .when(new RecordKeyDestruction(ID, "gcp", "unknown", VERSIONS)).expectNoEvents()
                .expectException(IllegalStateException.class);
    }
}

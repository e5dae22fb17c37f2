package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.RejectedWith;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.SourceKind;
import build.leash.secrets.api.event.SourceAdded;
import build.leash.secrets.api.event.SourceChanged;
import build.leash.secrets.api.event.SourceFailed;
import build.leash.secrets.api.event.SourceRecovered;
import build.leash.secrets.api.event.SourceRemoved;
import build.leash.secrets.api.event.SourceSynced;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.aggregate.TestExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourceTest {

    private static final SourceId ID = SourceId.random();
    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final SecretRef FIRST = sealedFor(1);
    private static final SourceTraits TRAITS = traits(FIRST, AppName.DEFAULT);
    private static final SourceTraits NATIVE = traits(null, AppName.DEFAULT);
    private static final SourceTraits FOR_NOBODY = traits(FIRST);
    private static final SourceFailed FAILED = new SourceFailed(ORGANIZATION, ID, "timeout");
    private static final SourceRecovered RECOVERED = new SourceRecovered(ORGANIZATION, ID);
    private static final SourceRemoved REMOVED = new SourceRemoved(ORGANIZATION, ID);
    private static final SourceSynced SYNCED = new SourceSynced(ORGANIZATION, ID, 3, 2, 1);

    private final FixtureConfiguration<SecretSource> fixture = new AggregateTestFixture<>(SecretSource.class);

    @Test
    void isAddedWithACredential() {
        fixture.givenNoPriorActivity().when(new AddSource(ID, ORGANIZATION, SourceKind.DOPPLER, TRAITS))
                .expectEvents(added(TRAITS));
    }

    @Test
    void isAddedWithoutOne() {
        fixture.givenNoPriorActivity().when(new AddSource(ID, ORGANIZATION, SourceKind.NATIVE, NATIVE))
                .expectEvents(new SourceAdded(ORGANIZATION, ID, NATIVE.name(), SourceKind.NATIVE, NATIVE.settings(),
                        null, NATIVE.apps(), NATIVE.staleSeconds()));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 2})
    void neverRecordsACredentialSealedForAnotherVersionThanTheFirst(long version) {
        SourceTraits traits = traits(sealedFor(version));
        fixture.givenNoPriorActivity().when(new AddSource(ID, ORGANIZATION, SourceKind.DOPPLER, traits))
                .expectNoEvents().expectException(IllegalStateException.class);
    }

    static Stream<SourceTraits> othersThanBefore() {
        return Stream.of(FOR_NOBODY, traits(sealedFor(2), AppName.DEFAULT),
                new SourceTraits(DisplayName.of("Other"), TRAITS.settings(), FIRST, TRAITS.apps(), 60),
                new SourceTraits(TRAITS.name(), Map.of(), FIRST, TRAITS.apps(), 60),
                new SourceTraits(TRAITS.name(), TRAITS.settings(), FIRST, TRAITS.apps(), 0),
                new SourceTraits(DisplayName.of("Other"), Map.of(), sealedFor(2), List.of(AppName.of("x")), 5));
    }

    @ParameterizedTest
    @MethodSource("othersThanBefore")
    void changesWhateverIsDifferentAndCountsOnce(SourceTraits traits) {
        fixture.given(added(TRAITS)).when(new ChangeSource(ID, traits, 1L)).expectEvents(changed(traits, 2));
    }

    @Test
    void staysSilentWhenNothingBecomesDifferent() {
        fixture.given(added(TRAITS)).when(new ChangeSource(ID, TRAITS, 1L)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
        given(added(TRAITS)).when(new ChangeSource(ID, TRAITS, null)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void keepsTheCredentialOfAnEarlierVersion() {
        fixture.given(added(TRAITS), changed(FOR_NOBODY, 2)).when(new ChangeSource(ID, TRAITS, null))
                .expectEvents(changed(TRAITS, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3})
    void neverChangesToACredentialSealedForAnotherVersionThanTheNext(long version) {
        fixture.given(added(TRAITS)).when(new ChangeSource(ID, traits(sealedFor(version)), null)).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void failsOnceUntilItAnswersAgain() {
        fixture.given(added(TRAITS)).when(new RecordFailure(ID, "timeout")).expectEvents(FAILED);
        given(added(TRAITS), FAILED).when(new RecordFailure(ID, "status_500")).expectNoEvents()
                .expectSuccessfulHandlerExecution();
        given(added(TRAITS), FAILED, RECOVERED).when(new RecordFailure(ID, "timeout")).expectEvents(FAILED);
    }

    @Test
    void recoversWithItsFirstAnswer() {
        fixture.given(added(TRAITS), FAILED).when(new RecordAnswer(ID, false, 3, 2, 1)).expectEvents(RECOVERED);
        given(added(TRAITS), FAILED, RECOVERED).when(new RecordAnswer(ID, false, 3, 2, 1)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void recordsAnAnswerThatSomebodyDemanded() {
        fixture.given(added(TRAITS)).when(new RecordAnswer(ID, true, 3, 2, 1)).expectEvents(SYNCED);
        given(added(TRAITS), FAILED).when(new RecordAnswer(ID, true, 3, 2, 1)).expectEvents(RECOVERED, SYNCED);
    }

    @Test
    void staysSilentAboutAnAnswerThatNobodyDemanded() {
        fixture.given(added(TRAITS)).when(new RecordAnswer(ID, false, 3, 2, 1)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void failureAndAnswerLeaveTheVersion() {
        fixture.given(added(TRAITS), FAILED, RECOVERED, SYNCED).when(new ChangeSource(ID, FOR_NOBODY, 1L))
                .expectEvents(changed(FOR_NOBODY, 2));
    }

    @Test
    void isRemoved() {
        fixture.given(added(TRAITS)).when(new RemoveSource(ID, null)).expectEvents(REMOVED);
        given(added(TRAITS), FAILED, changed(FOR_NOBODY, 2)).when(new RemoveSource(ID, 2L)).expectEvents(REMOVED);
    }

    static Stream<Object> changesExpectingAnotherVersion() {
        return Stream.of(Long.MIN_VALUE, 0L, 1L, 3L).flatMap(version -> Stream.of(new RemoveSource(ID, version),
                new ChangeSource(ID, TRAITS, version), new ChangeSource(ID, FOR_NOBODY, version)));
    }

    @ParameterizedTest
    @MethodSource("changesExpectingAnotherVersion")
    void rejectsAChangeWhenSomebodyWasFaster(Object command) {
        fixture.given(added(TRAITS), changed(FOR_NOBODY, 2)).when(command).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.VERSION_CONFLICT));
    }

    static Stream<Object> everyCommandToASourceThatExists() {
        return Stream.of(new ChangeSource(ID, FOR_NOBODY, null), new ChangeSource(ID, TRAITS, 1L),
                new RemoveSource(ID, null), new RecordFailure(ID, "timeout"), new RecordAnswer(ID, true, 1, 1, 0),
                new RecordAnswer(ID, false, 1, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("everyCommandToASourceThatExists")
    void rejectsEverythingOnceItIsRemoved(Object command) {
        fixture.given(added(TRAITS), REMOVED).when(command).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.UNKNOWN_SOURCE));
    }

    private static TestExecutor<SecretSource> given(Object... events) {
        return new AggregateTestFixture<>(SecretSource.class).given(events);
    }

    private static SecretRef sealedFor(long version) {
        return new SecretRef(UUID.randomUUID(), version);
    }

    private static SourceTraits traits(@Nullable SecretRef credential, AppName... apps) {
        return new SourceTraits(DisplayName.of("Doppler"), Map.of("config", "prd", "project", "shop"), credential,
                List.of(apps), 60);
    }

    private static SourceAdded added(SourceTraits traits) {
        return new SourceAdded(ORGANIZATION, ID, traits.name(), SourceKind.DOPPLER, traits.settings(),
                traits.credential(), traits.apps(), traits.staleSeconds());
    }

    private static SourceChanged changed(SourceTraits traits, long version) {
        return new SourceChanged(ORGANIZATION, ID, traits.name(), traits.settings(), traits.credential(),
                traits.apps(), traits.staleSeconds(), version);
    }
}

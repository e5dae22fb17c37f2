package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.RejectedWith;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.SourceId;
import build.leash.secrets.api.event.EnvValueChanged;
import build.leash.secrets.api.event.EnvValueRemoved;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvEntryTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final SourceId SOURCE = SourceId.random();
    private static final EnvKey KEY = EnvKey.of("DATABASE_URL");
    private static final EnvEntryId ID = new EnvEntryId(SOURCE, KEY);
    private static final EnvValueChanged FIRST = held(sealedFor(1), 1, null);
    private static final EnvValueChanged SECOND = held(sealedFor(2), 2, null);
    private static final EnvValueRemoved THEN_REMOVED = new EnvValueRemoved(ORGANIZATION, SOURCE, KEY, 3);

    private final FixtureConfiguration<EnvEntry> fixture = new AggregateTestFixture<>(EnvEntry.class);

    @Test
    void holdsAFirstValue() {
        SecretRef value = sealedFor(1);
        fixture.givenNoPriorActivity().when(new HoldFirst(ID, ORGANIZATION, value))
                .expectEvents(held(value, 1, null));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 2})
    void neverHoldsAFirstValueSealedForAnotherVersion(long version) {
        fixture.givenNoPriorActivity().when(new HoldFirst(ID, ORGANIZATION, sealedFor(version)))
                .expectNoEvents().expectException(IllegalStateException.class);
    }

    @Test
    void holdsNoFirstValueTwice() {
        fixture.given(FIRST).when(new HoldFirst(ID, ORGANIZATION, sealedFor(1))).expectNoEvents()
                .expectException(Exception.class);
    }

    @Test
    void holdsTheNextVersionWhetherOrNotSomebodyExpectsThePresentOne() {
        SecretRef value = sealedFor(3);
        fixture.given(FIRST, SECOND).when(new Hold(ID, value, null, 2L))
                .expectEvents(held(value, 3, null));
        new AggregateTestFixture<>(EnvEntry.class).given(FIRST, SECOND).when(new Hold(ID, value, null, null))
                .expectEvents(held(value, 3, null));
    }

    @Test
    void remembersWhichVersionCameBack() {
        SecretRef value = sealedFor(3);
        fixture.given(FIRST, SECOND).when(new Hold(ID, value, 1L, 2L)).expectEvents(held(value, 3, 1L));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 4})
    void neverHoldsAValueSealedForAnotherVersionThanTheNext(long version) {
        fixture.given(FIRST, SECOND).when(new Hold(ID, sealedFor(version), null, null)).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void letsGoAndCountsThatToo() {
        fixture.given(FIRST, SECOND).when(new LetGo(ID, null)).expectEvents(THEN_REMOVED);
        new AggregateTestFixture<>(EnvEntry.class).given(FIRST, SECOND).when(new LetGo(ID, 2L))
                .expectEvents(THEN_REMOVED);
    }

    @Test
    void holdsAgainWhatWasLetGoWithTheNextVersion() {
        SecretRef value = sealedFor(4);
        fixture.given(FIRST, SECOND, THEN_REMOVED).when(new Hold(ID, value, null, null))
                .expectEvents(held(value, 4, null));
    }

    @Test
    void rejectsToLetGoTwice() {
        fixture.given(FIRST, SECOND, THEN_REMOVED).when(new LetGo(ID, null)).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.KEY_NOT_FOUND));
        new AggregateTestFixture<>(EnvEntry.class).given(FIRST, SECOND, THEN_REMOVED).when(new LetGo(ID, 3L))
                .expectNoEvents().expectException(new RejectedWith(SecretsRejection.KEY_NOT_FOUND));
    }

    static Stream<Object> changesExpectingAnotherVersion() {
        return LongStream.of(Long.MIN_VALUE, 0, 1, 3).boxed()
                .flatMap(version -> Stream.of(new Hold(ID, sealedFor(3), null, version), new LetGo(ID, version)));
    }

    @ParameterizedTest
    @MethodSource("changesExpectingAnotherVersion")
    void rejectsAChangeWhenSomebodyWasFaster(Object command) {
        fixture.given(FIRST, SECOND).when(command).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.VERSION_CONFLICT));
    }

    /** Whoever expects a value, of whatever version, finds none. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rejectsToReplaceWhatWasLetGo(long expected) {
        fixture.given(FIRST, SECOND, THEN_REMOVED).when(new Hold(ID, sealedFor(4), null, expected))
                .expectNoEvents().expectException(new RejectedWith(SecretsRejection.VERSION_CONFLICT));
    }

    private static SecretRef sealedFor(long version) {
        return new SecretRef(UUID.randomUUID(), version);
    }

    private static EnvValueChanged held(SecretRef value, long version, @Nullable Long restoredFrom) {
        return new EnvValueChanged(ORGANIZATION, SOURCE, KEY, value, version, restoredFrom, null);
    }
}

package build.leash.secrets.env;

import build.leash.access.api.OrganizationId;
import build.leash.secrets.RejectedWith;
import build.leash.secrets.api.SecretRef;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.NotificationsSet;
import build.leash.secrets.api.event.NotificationsStopped;
import java.util.UUID;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final NotificationsId ID = new NotificationsId(ORGANIZATION);
    private static final String URL = "https://hooks.example.com/leash";
    private static final NotificationsSet SET = new NotificationsSet(ORGANIZATION, URL, sealedFor(1), 1);
    private static final NotificationsStopped STOPPED = new NotificationsStopped(ORGANIZATION, 2);

    private final FixtureConfiguration<Notifications> fixture = new AggregateTestFixture<>(Notifications.class);

    @Test
    void isSetForTheFirstTime() {
        SecretRef secret = sealedFor(1);
        fixture.givenNoPriorActivity().when(new SetFirstNotifications(ID, URL, secret))
                .expectEvents(new NotificationsSet(ORGANIZATION, URL, secret, 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2})
    void neverRecordsAFirstSecretSealedForAnotherVersion(long version) {
        fixture.givenNoPriorActivity().when(new SetFirstNotifications(ID, URL, sealedFor(version))).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void isSetForTheFirstTimeOnce() {
        fixture.given(SET).when(new SetFirstNotifications(ID, URL, sealedFor(1))).expectNoEvents()
                .expectException(Exception.class);
    }

    @Test
    void goesElsewhereOrHasAnotherSecret() {
        SecretRef secret = sealedFor(2);
        fixture.given(SET).when(new SetNotifications(ID, "https://elsewhere.example", secret))
                .expectEvents(new NotificationsSet(ORGANIZATION, "https://elsewhere.example", secret, 2));
        new AggregateTestFixture<>(Notifications.class).given(SET).when(new SetNotifications(ID, URL, secret))
                .expectEvents(new NotificationsSet(ORGANIZATION, URL, secret, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3})
    void neverRecordsASecretSealedForAnotherVersionThanTheNext(long version) {
        fixture.given(SET).when(new SetNotifications(ID, URL, sealedFor(version))).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void stopsAndBeginsAgain() {
        SecretRef secret = sealedFor(3);
        fixture.given(SET).when(new StopNotifications(ID)).expectEvents(STOPPED);
        new AggregateTestFixture<>(Notifications.class).given(SET, STOPPED)
                .when(new SetNotifications(ID, URL, secret))
                .expectEvents(new NotificationsSet(ORGANIZATION, URL, secret, 3));
    }

    @Test
    void rejectsToStopWhatHasStopped() {
        fixture.given(SET, STOPPED).when(new StopNotifications(ID)).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.UNKNOWN_NOTIFICATIONS));
    }

    private static SecretRef sealedFor(long version) {
        return new SecretRef(UUID.randomUUID(), version);
    }
}

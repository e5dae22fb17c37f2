package build.leash.secrets.env;

import build.leash.access.api.AppName;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.secrets.RejectedWith;
import build.leash.secrets.api.AppId;
import build.leash.secrets.api.EnvKey;
import build.leash.secrets.api.SecretsRejection;
import build.leash.secrets.api.event.AppRegistered;
import build.leash.secrets.api.event.AppRemoved;
import build.leash.secrets.api.event.AppRenamed;
import build.leash.secrets.api.event.ManifestSynced;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppTest {

    private static final AppId ID = AppId.random();
    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final AppName NAME = AppName.of("web-shop");
    private static final DisplayName SHOWN = DisplayName.of("Web shop");
    private static final DisplayName OTHERWISE = DisplayName.of("Shop");
    private static final EnvKey A = EnvKey.of("A");
    private static final EnvKey B = EnvKey.of("B");
    private static final AppRegistered REGISTERED = new AppRegistered(ORGANIZATION, ID, NAME, SHOWN);
    private static final AppRenamed RENAMED = new AppRenamed(ORGANIZATION, ID, NAME, OTHERWISE);
    private static final AppRemoved REMOVED = new AppRemoved(ORGANIZATION, ID, NAME);

    private final FixtureConfiguration<App> fixture = new AggregateTestFixture<>(App.class);

    @Test
    void registers() {
        fixture.givenNoPriorActivity().when(new RegisterApp(ID, ORGANIZATION, NAME, SHOWN)).expectEvents(REGISTERED);
    }

    @Test
    void declaresItsKeys() {
        fixture.given(REGISTERED).when(new SyncManifest(ID, List.of(A, B))).expectEvents(declared(A, B));
    }

    @Test
    void declaresFewerKeysAndNone() {
        fixture.given(REGISTERED, declared(A, B)).when(new SyncManifest(ID, List.of(B))).expectEvents(declared(B));
        new AggregateTestFixture<>(App.class).given(REGISTERED, declared(A)).when(new SyncManifest(ID, List.of()))
                .expectEvents(declared());
    }

    @Test
    void staysSilentWhenItDeclaresTheSame() {
        fixture.given(REGISTERED, declared(A, B)).when(new SyncManifest(ID, List.of(A, B))).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void staysSilentWhenItDeclaresNothingFromTheBeginning() {
        fixture.given(REGISTERED).when(new SyncManifest(ID, List.of())).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void isShownUnderAnotherName() {
        fixture.given(REGISTERED).when(new RenameApp(ID, OTHERWISE)).expectEvents(RENAMED);
        new AggregateTestFixture<>(App.class).given(REGISTERED, RENAMED).when(new RenameApp(ID, SHOWN))
                .expectEvents(new AppRenamed(ORGANIZATION, ID, NAME, SHOWN));
    }

    @Test
    void staysSilentWhenItIsShownUnderThatNameAlready() {
        fixture.given(REGISTERED).when(new RenameApp(ID, SHOWN)).expectNoEvents().expectSuccessfulHandlerExecution();
        new AggregateTestFixture<>(App.class).given(REGISTERED, RENAMED).when(new RenameApp(ID, OTHERWISE))
                .expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void isRemoved() {
        fixture.given(REGISTERED, declared(A)).when(new RemoveApp(ID)).expectEvents(REMOVED);
    }

    static Stream<Object> everyCommandToAnAppThatExists() {
        return Stream.of(new SyncManifest(ID, List.of(A)), new SyncManifest(ID, List.of()),
                new RenameApp(ID, OTHERWISE), new RenameApp(ID, SHOWN), new RemoveApp(ID));
    }

    @ParameterizedTest
    @MethodSource("everyCommandToAnAppThatExists")
    void rejectsEverythingOnceItIsRemoved(Object command) {
        fixture.given(REGISTERED, REMOVED).when(command).expectNoEvents()
                .expectException(new RejectedWith(SecretsRejection.UNKNOWN_APP));
    }

    private static ManifestSynced declared(EnvKey... keys) {
        return new ManifestSynced(ORGANIZATION, ID, NAME, List.of(keys));
    }
}

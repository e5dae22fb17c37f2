package build.leash.registry.server;

import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.access.api.Slug;
import build.leash.registry.api.HeaderName;
import build.leash.registry.api.HttpsUrl;
import build.leash.registry.api.McpServerId;
import build.leash.registry.api.RegistryRejection;
import build.leash.registry.api.StaticHeader;
import build.leash.registry.api.Transport;
import build.leash.registry.api.event.BearerRotated;
import build.leash.registry.api.event.McpServerChanged;
import build.leash.registry.api.event.McpServerRegistered;
import build.leash.registry.api.event.McpServerRevoked;
import build.leash.secrets.api.SecretRef;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class McpServerTest {

    private static final McpServerId ID = McpServerId.random();
    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final Slug SLUG = Slug.of("intercom");
    private static final DisplayName NAME = DisplayName.of("Intercom");
    private static final HttpsUrl URL = HttpsUrl.of("https://mcp.intercom.com/sse");
    private static final HttpsUrl OTHER_URL = HttpsUrl.of("https://mcp.eu.intercom.com/sse");
    private static final StaticHeader TENANT = StaticHeader.plain(HeaderName.of("X-Tenant"), "acme");
    private static final HeaderName PASS = HeaderName.of("X-Pass");

    private final FixtureConfiguration<McpServer> fixture = new AggregateTestFixture<>(McpServer.class);

    /** One of each command to a server that exists, expecting the given version. */
    static Stream<Object> changesExpecting(@Nullable Long version) {
        return Stream.of(new ChangeMcpServer(ID, null, OTHER_URL, null, null, version),
                new ChangeMcpServer(ID, null, null, null, null, version),
                new RotateBearer(ID, sealedFor(2), version), new RevokeServer(ID, version));
    }

    static Stream<Object> changesExpectingAnything() {
        return changesExpecting(null);
    }

    static Stream<Object> changesExpectingAnotherVersion() {
        return Stream.of(Long.MIN_VALUE, 0L, 2L, Long.MAX_VALUE).flatMap(McpServerTest::changesExpecting);
    }

    @Test
    void registersWithABearerAndHeaders() {
        SecretRef bearer = sealedFor(1);
        List<StaticHeader> headers = List.of(TENANT, StaticHeader.secret(PASS, sealedFor(1)));
        fixture.givenNoPriorActivity().when(register(bearer, headers))
                .expectEvents(registered(bearer, headers));
    }

    @Test
    void registersWithoutABearer() {
        fixture.givenNoPriorActivity().when(register(null, List.of())).expectEvents(registered(null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1})
    void neverRecordsABearerSealedForAnotherVersionThanTheFirst(long version) {
        fixture.givenNoPriorActivity().when(register(sealedFor(version), List.of())).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 2, -1})
    void neverRegistersAHeaderSealedForAnotherVersionThanTheFirst(long version) {
        fixture.givenNoPriorActivity()
                .when(register(null, List.of(StaticHeader.secret(PASS, sealedFor(version))))).expectNoEvents()
                .expectException(IllegalStateException.class);
    }

    @Test
    void changesOnlyWhatIsAskedFor() {
        fixture.given(registered(null, List.of(TENANT)))
                .when(new ChangeMcpServer(ID, null, OTHER_URL, null, null, null))
                .expectEvents(changed(NAME, OTHER_URL, Transport.SSE, List.of(TENANT), 2));
    }

    @Test
    void changesAllAtOnce() {
        List<StaticHeader> headers = List.of(StaticHeader.secret(PASS, sealedFor(2)));
        fixture.given(registered(null, List.of(TENANT)))
                .when(new ChangeMcpServer(ID, DisplayName.of("New"), OTHER_URL, Transport.STREAMABLE_HTTP, headers,
                        1L))
                .expectEvents(changed(DisplayName.of("New"), OTHER_URL, Transport.STREAMABLE_HTTP, headers, 2));
    }

    @Test
    void removesHeadersThatAreNoLongerNamed() {
        fixture.given(registered(null, List.of(TENANT)))
                .when(new ChangeMcpServer(ID, null, null, null, List.of(), null))
                .expectEvents(changed(NAME, URL, Transport.SSE, List.of(), 2));
    }

    @Test
    void staysSilentWhenNothingBecomesDifferent() {
        fixture.given(registered(sealedFor(1), List.of(TENANT)))
                .when(new ChangeMcpServer(ID, NAME, URL, Transport.SSE, List.of(TENANT), 1L)).expectNoEvents()
                .expectSuccessfulHandlerExecution();
    }

    @Test
    void staysSilentWhenNothingIsAskedFor() {
        fixture.given(registered(null, List.of())).when(new ChangeMcpServer(ID, null, null, null, null, null))
                .expectNoEvents().expectSuccessfulHandlerExecution();
    }

    @Test
    void aKeptHeaderKeepsTheSecretOfAnEarlierVersion() {
        SecretRef secret = sealedFor(1);
        List<StaticHeader> inAnotherCase = List.of(StaticHeader.secret(HeaderName.of("x-pass"), secret));
        fixture.given(registered(null, List.of(StaticHeader.secret(PASS, secret))),
                new BearerRotated(ID, ORGANIZATION, SLUG, sealedFor(2), 2))
                .when(new ChangeMcpServer(ID, null, null, null, inAnotherCase, null))
                .expectEvents(changed(NAME, URL, Transport.SSE, inAnotherCase, 3));
    }

    @Test
    void neverRecordsASecretUnderAnotherHeaderThanItWasSealedFor() {
        SecretRef secret = sealedFor(1);
        fixture.given(registered(null, List.of(StaticHeader.secret(PASS, secret))))
                .when(new ChangeMcpServer(ID, null, null, null,
                        List.of(StaticHeader.secret(HeaderName.of("X-Other"), secret)), null))
                .expectNoEvents().expectException(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void neverChangesToAHeaderSealedForAnotherVersionThanTheNext(long version) {
        fixture.given(registered(null, List.of()))
                .when(new ChangeMcpServer(ID, null, null, null,
                        List.of(StaticHeader.secret(PASS, sealedFor(version))), null))
                .expectNoEvents().expectException(IllegalStateException.class);
    }

    @Test
    void rotatesItsBearer() {
        SecretRef bearer = sealedFor(2);
        fixture.given(registered(sealedFor(1), List.of())).when(new RotateBearer(ID, bearer, 1L))
                .expectEvents(new BearerRotated(ID, ORGANIZATION, SLUG, bearer, 2));
    }

    @Test
    void rotatesFromNone() {
        SecretRef bearer = sealedFor(2);
        fixture.given(registered(null, List.of())).when(new RotateBearer(ID, bearer, null))
                .expectEvents(new BearerRotated(ID, ORGANIZATION, SLUG, bearer, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3})
    void neverRotatesToABearerSealedForAnotherVersionThanTheNext(long version) {
        fixture.given(registered(null, List.of())).when(new RotateBearer(ID, sealedFor(version), null))
                .expectNoEvents().expectException(IllegalStateException.class);
    }

    @Test
    void revokes() {
        fixture.given(registered(null, List.of())).when(new RevokeServer(ID, 1L))
                .expectEvents(new McpServerRevoked(ID, ORGANIZATION, SLUG, 2));
    }

    @Test
    void countsEveryKindOfChange() {
        fixture.given(registered(null, List.of()), changed(NAME, OTHER_URL, Transport.SSE, List.of(), 2),
                new BearerRotated(ID, ORGANIZATION, SLUG, sealedFor(3), 3))
                .when(new RevokeServer(ID, 3L)).expectEvents(new McpServerRevoked(ID, ORGANIZATION, SLUG, 4));
    }

    @ParameterizedTest
    @MethodSource("changesExpectingAnything")
    void rejectsAnyChangeOfARevokedServer(Object command) {
        fixture.given(registered(null, List.of()), new McpServerRevoked(ID, ORGANIZATION, SLUG, 2)).when(command)
                .expectNoEvents().expectException(rejectedWith(RegistryRejection.SERVER_REVOKED));
    }

    @ParameterizedTest
    @MethodSource("changesExpectingAnotherVersion")
    void rejectsAChangeWhenSomebodyWasFaster(Object command) {
        fixture.given(registered(null, List.of())).when(command).expectNoEvents()
                .expectException(rejectedWith(RegistryRejection.VERSION_CONFLICT));
    }

    private static SecretRef sealedFor(long version) {
        return new SecretRef(UUID.randomUUID(), version);
    }

    private static RegisterMcpServer register(@Nullable SecretRef bearer, List<StaticHeader> headers) {
        return new RegisterMcpServer(ID, ORGANIZATION, SLUG, NAME, URL, Transport.SSE, bearer, headers);
    }

    private static McpServerRegistered registered(@Nullable SecretRef bearer, List<StaticHeader> headers) {
        return new McpServerRegistered(ID, ORGANIZATION, SLUG, NAME, URL, Transport.SSE, bearer, headers, 1);
    }

    private static McpServerChanged changed(DisplayName name, HttpsUrl url, Transport transport,
            List<StaticHeader> headers, long version) {
        return new McpServerChanged(ID, ORGANIZATION, SLUG, name, url, transport, headers, version);
    }

    private static Matcher<Rejected> rejectedWith(Rejection rejection) {
        return new CustomTypeSafeMatcher<>("rejected with " + rejection.name()) {
            @Override
            protected boolean matchesSafely(Rejected rejected) {
                return rejected.rejection() == rejection;
            }
        };
    }
}

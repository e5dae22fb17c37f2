package build.leash.access.organization;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.DisplayName;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.access.api.event.AccessEvent;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.OrganizationFounded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

class OrganizationTest {

    private static final OrganizationId ORGANIZATION = OrganizationId.random();
    private static final PersonId OWNER = PersonId.random();
    private static final ApiKeyId KEY = ApiKeyId.random();
    private static final DisplayName NAME = DisplayName.of("CI");
    private static final String SHA256 = "ab".repeat(32);
    private static final ApiKeyRequest FOR_AN_APP = new ApiKeyRequest(ApiKeyKind.APP, NAME, null, null, null);

    private final FixtureConfiguration<Organization> fixture = new AggregateTestFixture<>(Organization.class);

    @Test
    void foundsAnOrganizationWithItsFirstOwner() {
        fixture.givenNoPriorActivity()
                .when(new FoundOrganization(ORGANIZATION, DisplayName.of("Acme"), OWNER))
                .expectEvents(founded(), new MemberAdded(ORGANIZATION, OWNER, Role.OWNER));
    }

    @Test
    void issuesAnAppKeyWithItsLimits() {
        List<Slug> slugs = List.of(Slug.of("intercom"), Slug.of("linear"));
        Instant expiry = Instant.parse("2030-01-31T12:00:00Z");
        fixture.given(founded())
                .when(new IssueApiKey(ORGANIZATION, KEY,
                        new ApiKeyRequest(ApiKeyKind.APP, NAME, null, slugs, expiry), SHA256))
                .expectEvents(
                        new ApiKeyIssued(ORGANIZATION, KEY, ApiKeyKind.APP, NAME, null, slugs, expiry, SHA256, null));
    }

    @Test
    void issuesAManagementKeyWithItsRole() {
        fixture.given(founded())
                .when(new IssueApiKey(ORGANIZATION, KEY,
                        new ApiKeyRequest(ApiKeyKind.MANAGEMENT, NAME, Role.BUILDER, null, null), SHA256))
                .expectEvents(new ApiKeyIssued(ORGANIZATION, KEY, ApiKeyKind.MANAGEMENT, NAME, Role.BUILDER, null,
                        null, SHA256, null));
    }

    @Test
    void issuesTheThousandthKey() {
        ApiKeyId last = ApiKeyId.random();
        fixture.given(foundedWithKeys(Organization.MAX_API_KEYS - 1))
                .when(new IssueApiKey(ORGANIZATION, last, FOR_AN_APP, SHA256)).expectEvents(issued(last));
    }

    @Test
    void rejectsTheKeyAfterTheThousandth() {
        fixture.given(foundedWithKeys(Organization.MAX_API_KEYS))
                .when(new IssueApiKey(ORGANIZATION, ApiKeyId.random(), FOR_AN_APP, SHA256)).expectNoEvents()
                .expectException(rejectedWith(AccessRejection.LIMIT_REACHED));
    }

    @Test
    void aRevokedKeyMakesRoomForAnother() {
        List<AccessEvent> events = foundedWithKeys(Organization.MAX_API_KEYS);
        events.add(new ApiKeyRevoked(ORGANIZATION, ((ApiKeyIssued) events.getLast()).keyId()));
        fixture.given(events).when(new IssueApiKey(ORGANIZATION, KEY, FOR_AN_APP, SHA256)).expectEvents(issued(KEY));
    }

    @Test
    void revokesAKeyInForce() {
        fixture.given(founded(), issued(KEY)).when(new RevokeApiKey(ORGANIZATION, KEY))
                .expectEvents(new ApiKeyRevoked(ORGANIZATION, KEY));
    }

    @Test
    void rejectsRevokingAKeyItNeverIssued() {
        fixture.given(founded(), issued(KEY)).when(new RevokeApiKey(ORGANIZATION, ApiKeyId.random()))
                .expectNoEvents().expectException(rejectedWith(AccessRejection.UNKNOWN_API_KEY));
    }

    @Test
    void rejectsRevokingAKeyTwice() {
        fixture.given(founded(), issued(KEY), new ApiKeyRevoked(ORGANIZATION, KEY))
                .when(new RevokeApiKey(ORGANIZATION, KEY)).expectNoEvents()
                .expectException(rejectedWith(AccessRejection.UNKNOWN_API_KEY));
    }

    private static OrganizationFounded founded() {
        return new OrganizationFounded(ORGANIZATION, DisplayName.of("Acme"));
    }

    private static ApiKeyIssued issued(ApiKeyId key) {
        return new ApiKeyIssued(ORGANIZATION, key, ApiKeyKind.APP, NAME, null, null, null, SHA256, null);
    }

    private static List<AccessEvent> foundedWithKeys(int count) {
        List<AccessEvent> events = new ArrayList<>(List.of(founded()));
        for (int i = 0; i < count; i++) {
            events.add(issued(ApiKeyId.random()));
        }
        return events;
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

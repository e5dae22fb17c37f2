package build.leash.access.organization;

import build.leash.access.api.AccessRejection;
import build.leash.access.api.ApiKeyId;
import build.leash.access.api.ApiKeyKind;
import build.leash.access.api.ApiKeyRequest;
import build.leash.access.api.DisplayName;
import build.leash.access.api.InvitationId;
import build.leash.access.api.Members;
import build.leash.access.api.OrganizationId;
import build.leash.access.api.PersonId;
import build.leash.access.api.Rejected;
import build.leash.access.api.Rejection;
import build.leash.access.api.Role;
import build.leash.access.api.Slug;
import build.leash.access.api.event.AccessEvent;
import build.leash.access.api.event.ApiKeyIssued;
import build.leash.access.api.event.ApiKeyRevoked;
import build.leash.access.api.event.InvitationAccepted;
import build.leash.access.api.event.InvitationWithdrawn;
import build.leash.access.api.event.MemberAdded;
import build.leash.access.api.event.MemberInvited;
import build.leash.access.api.event.MemberRemoved;
import build.leash.access.api.event.MemberRoleChanged;
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

    private static final PersonId SOMEBODY = PersonId.random();
    private static final InvitationId INVITATION = InvitationId.random();
    private static final MemberAdded OWNED = new MemberAdded(ORGANIZATION, OWNER, Role.OWNER);
    private static final MemberInvited INVITED = new MemberInvited(ORGANIZATION, INVITATION, Role.BUILDER);
    private static final MemberAdded JOINED = new MemberAdded(ORGANIZATION, SOMEBODY, Role.BUILDER);

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

    @Test
    void invitesUpToFiveHundredMembersAndInvitationsTogether() {
        InvitationId last = InvitationId.random();
        fixture.given(foundedWithMembersAndInvitations(Members.MAX_MEMBERS - 1))
                .when(new InviteMember(ORGANIZATION, last, Role.VIEWER))
                .expectEvents(new MemberInvited(ORGANIZATION, last, Role.VIEWER));
    }

    @Test
    void rejectsTheInvitationAfterTheFiveHundredth() {
        fixture.given(foundedWithMembersAndInvitations(Members.MAX_MEMBERS))
                .when(new InviteMember(ORGANIZATION, InvitationId.random(), Role.VIEWER)).expectNoEvents()
                .expectException(rejectedWith(AccessRejection.LIMIT_REACHED));
    }

    @Test
    void aMemberWhoWasRemovedAndAnInvitationThatWasWithdrawnMakeRoom() {
        InvitationId next = InvitationId.random();
        List<AccessEvent> events = foundedWithMembersAndInvitations(Members.MAX_MEMBERS + 1);
        events.add(new MemberRemoved(ORGANIZATION, ((MemberAdded) events.get(2)).personId()));
        events.add(new InvitationWithdrawn(ORGANIZATION, ((MemberInvited) events.get(3)).invitationId()));
        fixture.given(events).when(new InviteMember(ORGANIZATION, next, Role.VIEWER))
                .expectEvents(new MemberInvited(ORGANIZATION, next, Role.VIEWER));
    }

    @Test
    void whoAcceptsJoinsInTheRoleOfTheInvitation() {
        fixture.given(founded(), OWNED, INVITED).when(new AcceptInvitation(ORGANIZATION, INVITATION, SOMEBODY))
                .expectEvents(new InvitationAccepted(ORGANIZATION, INVITATION, SOMEBODY),
                        new MemberAdded(ORGANIZATION, SOMEBODY, Role.BUILDER));
    }

    @Test
    void rejectsAnInvitationThatWasAcceptedOrWithdrawnOrNeverMade() {
        for (AccessEvent end : List.of(new InvitationAccepted(ORGANIZATION, INVITATION, SOMEBODY),
                new InvitationWithdrawn(ORGANIZATION, INVITATION))) {
            new AggregateTestFixture<>(Organization.class).given(founded(), OWNED, INVITED, end)
                    .when(new AcceptInvitation(ORGANIZATION, INVITATION, PersonId.random())).expectNoEvents()
                    .expectException(rejectedWith(AccessRejection.UNKNOWN_INVITATION));
        }
        fixture.given(founded(), OWNED).when(new WithdrawInvitation(ORGANIZATION, INVITATION)).expectNoEvents()
                .expectException(rejectedWith(AccessRejection.UNKNOWN_INVITATION));
    }

    @Test
    void withdrawsAnInvitation() {
        fixture.given(founded(), OWNED, INVITED).when(new WithdrawInvitation(ORGANIZATION, INVITATION))
                .expectEvents(new InvitationWithdrawn(ORGANIZATION, INVITATION));
    }

    @Test
    void nobodyJoinsTwice() {
        fixture.given(founded(), OWNED, INVITED).when(new AcceptInvitation(ORGANIZATION, INVITATION, OWNER))
                .expectNoEvents().expectException(rejectedWith(AccessRejection.ALREADY_MEMBER));
    }

    @Test
    void changesARoleAndTellsBoth() {
        fixture.given(founded(), OWNED, JOINED).when(new ChangeMemberRole(ORGANIZATION, SOMEBODY, Role.OWNER))
                .expectEvents(new MemberRoleChanged(ORGANIZATION, SOMEBODY, Role.BUILDER, Role.OWNER));
    }

    @Test
    void theSameRoleAgainChangesNothing() {
        fixture.given(founded(), OWNED).when(new ChangeMemberRole(ORGANIZATION, OWNER, Role.OWNER)).expectNoEvents();
    }

    @Test
    void removesAMember() {
        fixture.given(founded(), OWNED, JOINED).when(new RemoveMember(ORGANIZATION, SOMEBODY))
                .expectEvents(new MemberRemoved(ORGANIZATION, SOMEBODY));
    }

    @Test
    void keepsItsLastOwner() {
        for (Object command : List.of(new RemoveMember(ORGANIZATION, OWNER),
                new ChangeMemberRole(ORGANIZATION, OWNER, Role.VIEWER))) {
            new AggregateTestFixture<>(Organization.class).given(founded(), OWNED, JOINED).when(command)
                    .expectNoEvents().expectException(rejectedWith(AccessRejection.LAST_OWNER));
            new AggregateTestFixture<>(Organization.class)
                    .given(founded(), OWNED, JOINED,
                            new MemberRoleChanged(ORGANIZATION, SOMEBODY, Role.BUILDER, Role.OWNER))
                    .when(command).expectSuccessfulHandlerExecution();
        }
    }

    @Test
    void rejectsChangesOfSomebodyWhoIsNoMember() {
        for (Object command : List.of(new RemoveMember(ORGANIZATION, SOMEBODY),
                new ChangeMemberRole(ORGANIZATION, SOMEBODY, Role.OWNER))) {
            new AggregateTestFixture<>(Organization.class).given(founded(), OWNED).when(command).expectNoEvents()
                    .expectException(rejectedWith(AccessRejection.UNKNOWN_MEMBER));
        }
    }

    private static List<AccessEvent> foundedWithMembersAndInvitations(int count) {
        List<AccessEvent> events = new ArrayList<>(List.of(founded(), OWNED));
        for (int i = 1; i < count; i++) {
            events.add(i % 2 == 1
                    ? new MemberAdded(ORGANIZATION, PersonId.random(), Role.VIEWER)
                    : new MemberInvited(ORGANIZATION, InvitationId.random(), Role.VIEWER));
        }
        return events;
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

package build.leash.access.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of people who signed in. Kept in the database, so every node knows them, by the hash of their token. One ends
 * when it was not used for a while, when its time is over, or when somebody ends it; a person has a bounded number of
 * them, and the one unused for longest makes room.
 */
public interface Sessions {

    PlainToken open(PersonId person);

    /** Who holds the token, as of the latest committed change of roles and memberships. */
    Optional<Session> find(PlainToken token);

    /**
     * From now on the session acts for this organization.
     *
     * @throws Rejected {@link AccessRejection#FORBIDDEN} if its person is no member
     */
    void moveTo(PlainToken token, OrganizationId organization);

    void end(PlainToken token);

    /** Ends all sessions of the person, on every node and device. */
    void endAll(PersonId person);

    /**
     * A session in force.
     *
     * @param memberships of the person, by the organizations' names
     * @param current the membership that the session acts with; null if the person belongs to no organization
     */
    record Session(Person person, List<Membership> memberships, @Nullable Membership current) {

        public Optional<Caller> as(String requestId) {
            return Optional.ofNullable(current)
                    .map(member -> new Caller(member.organization(), Actor.person(person.id()), member.role(),
                            requestId));
        }
    }
}

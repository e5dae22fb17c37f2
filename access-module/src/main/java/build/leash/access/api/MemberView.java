package build.leash.access.api;

import java.time.Instant;

/** A member as the organization's list shows it. */
public record MemberView(PersonId person, String email, Role role, Instant since) {}

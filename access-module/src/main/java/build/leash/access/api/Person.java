package build.leash.access.api;

/** @param mustChangePassword whether nothing but a new password is to be accepted of this person */
public record Person(PersonId id, EmailAddress email, boolean mustChangePassword) {}

package build.leash.access.api;

/** An organization as one of its members sees it in a list. */
public record Membership(OrganizationId organization, String name, Role role) {}

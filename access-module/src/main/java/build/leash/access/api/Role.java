package build.leash.access.api;

import static build.leash.access.api.Permission.CHANGE_SERVERS;
import static build.leash.access.api.Permission.CHANGE_SOURCES;
import static build.leash.access.api.Permission.READ;
import static build.leash.access.api.Permission.READ_AUDIT_LOG;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a member, or a management key, may do in an organization. */
public enum Role {

    /** Everything. */
    OWNER(EnumSet.allOf(Permission.class)),
    /** Servers and secret sources; neither members, keys, plan nor encryption key. */
    BUILDER(EnumSet.of(READ, CHANGE_SERVERS, CHANGE_SOURCES)),
    /** Looks, and changes nothing. */
    VIEWER(EnumSet.of(READ)),
    /** Looks, and reads the audit log. */
    AUDITOR(EnumSet.of(READ, READ_AUDIT_LOG));

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = Set.copyOf(permissions);
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /**
     * The role with this name, as written on the wire.
     *
     * @throws InvalidValue if there is none
     */
    @JsonCreator
    public static Role of(String name) {
        return Arrays.stream(values()).filter(role -> role.toString().equals(name)).findFirst()
                .orElseThrow(() -> new InvalidValue("A role is one of owner, builder, viewer, auditor."));
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package build.leash.access.api;

import static build.leash.access.api.Permission.CHANGE_SERVERS;
import static build.leash.access.api.Permission.CHANGE_SOURCES;
import static build.leash.access.api.Permission.READ;
import static build.leash.access.api.Permission.READ_AUDIT_LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

    /** The table of the documentation, in full: whoever adds a role or a permission decides about each pair. */
    private static final Map<Role, Set<Permission>> TABLE = new EnumMap<>(
            Map.of(Role.OWNER, EnumSet.allOf(Permission.class), Role.BUILDER,
                    EnumSet.of(READ, CHANGE_SERVERS, CHANGE_SOURCES),
                    Role.VIEWER, EnumSet.of(READ), Role.AUDITOR, EnumSet.of(READ, READ_AUDIT_LOG)));

    static Stream<Arguments> pairs() {
        return Stream.of(Role.values())
                .flatMap(role -> Stream.of(Permission.values()).map(permission -> Arguments.of(role, permission)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void allowsWhatTheTableSays(Role role, Permission permission) {
        assertThat(role.may(permission)).isEqualTo(TABLE.get(role).contains(permission));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aCallerMayDoWhatItsRoleAllows(Role role, Permission permission) {
        Caller caller = new Caller(OrganizationId.random(), Actor.system("test"), role, "request-1");
        if (role.may(permission)) {
            assertThatCode(() -> caller.mustBeAllowedTo(permission)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(Rejected.class).isThrownBy(() -> caller.mustBeAllowedTo(permission))
                    .satisfies(rejected -> assertThat(rejected.rejection()).isEqualTo(AccessRejection.FORBIDDEN));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void isReadByTheNameItIsWrittenWith(Role role) {
        assertThat(Role.of(role.toString())).isEqualTo(role);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OWNER", "Owner", "admin", "owner "})
    void refusesAnotherName(String name) {
        assertThatExceptionOfType(InvalidValue.class).isThrownBy(() -> Role.of(name))
                .withMessage("A role is one of owner, builder, viewer, auditor.");
    }

    @Test
    void isWrittenInLowerCase() {
        assertThat(Role.values()).extracting(Role::toString).containsExactly("owner", "builder", "viewer", "auditor");
    }
}

package build.leash.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import build.leash.access.api.Caller;
import build.leash.access.api.Permission;
import build.leash.access.api.Role;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;

/** Who may do what is decided in one place, for pages and for the API alike: by {@link Caller}, in the façades. */
@AnalyzeClasses(packages = "build.leash", importOptions = ProductOnly.class)
class PermissionRulesTest {

    /** Whoever founds an organization is no member of it yet, and starts its subscription in the same breath. */
    private static final Set<String> FOUNDING = Set.of("found", "start");

    @ArchTest
    static final ArchRule everyFacadeAsksWhetherItsCallerMay = methods()
            .that(describe("implement a call of a module's api that takes a caller", PermissionRulesTest::isFacade))
            .should(new ArchCondition<JavaMethod>("ask Caller.mustBeAllowedTo") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    events.add(new SimpleConditionEvent(method, asks(method, new HashSet<>()),
                            method.getFullName() + " does not ask whether the caller may"));
                }
            });

    @ArchTest
    static final ArchRule nothingOfTheApiDecidesByRoles = noClasses().that()
            .resideInAnyPackage("build.leash.app.web..").should().callMethod(Role.class, "may", Permission.class);

    /** Pages look at roles to leave out what would be turned down anyway. */
    @ArchTest
    static final ArchRule onlyPagesLookAtRolesBesideTheCaller = noClasses().that()
            .resideOutsideOfPackage("build.leash.app.dashboard..").and().doNotHaveFullyQualifiedName(
                    Caller.class.getName())
            .should().callMethod(Role.class, "may", Permission.class);

    private static boolean isFacade(JavaMethod method) {
        return !method.getOwner().isInterface() && !FOUNDING.contains(method.getName())
                && method.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Caller.class))
                && method.getOwner().getAllRawInterfaces().stream().filter(PermissionRulesTest::isApi)
                        .anyMatch(api -> api.tryGetMethod(method.getName(), parameters(method)).isPresent());
    }

    private static boolean isApi(JavaClass type) {
        return type.getPackageName().matches("build\\.leash\\.\\w+\\.api");
    }

    private static String[] parameters(JavaMethod method) {
        return method.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
    }

    /** By itself, or by a method of its own that it calls. */
    private static boolean asks(JavaMethod method, Set<JavaMethod> seen) {
        seen.add(method);
        for (JavaMethodCall call : method.getMethodCallsFromSelf()) {
            if (call.getTarget().getOwner().isEquivalentTo(Caller.class)
                    && call.getTarget().getName().equals("mustBeAllowedTo")) {
                return true;
            }
            boolean own = call.getTarget().resolveMember().filter(target -> target.getOwner().equals(method.getOwner()))
                    .filter(seen::add).filter(target -> asks(target, seen)).isPresent();
            if (own) {
                return true;
            }
        }
        return false;
    }
}

package build.leash.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

import build.leash.access.api.Commands;
import build.leash.access.api.PlainApiKey;
import build.leash.access.api.PlainPassword;
import build.leash.access.api.event.EventName;
import build.leash.access.api.event.RecordedEvent;
import build.leash.registry.api.BearerToken;
import build.leash.registry.api.RequestedHeader;
import build.leash.secrets.api.EnvValue;
import build.leash.secrets.api.PlainSecret;
import build.leash.secrets.api.Vault;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Random;
import java.util.function.Predicate;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

@AnalyzeClasses(packages = "build.leash", importOptions = ProductOnly.class)
class HouseRulesTest {

    private static final DescribedPredicate<JavaClass> AGGREGATES = described("aggregates",
            type -> type.getFields().stream().anyMatch(field -> field.isAnnotatedWith(AggregateIdentifier.class)));
    private static final DescribedPredicate<JavaClass> COMMANDS = described("commands",
            type -> type.getFields().stream()
                    .anyMatch(field -> field.isAnnotatedWith(TargetAggregateIdentifier.class)));
    private static final DescribedPredicate<JavaClass> PROJECTIONS = described("projections",
            type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(EventHandler.class)));
    private static final DescribedPredicate<JavaClass> EVENTS = assignableTo(RecordedEvent.class)
            .and(described("classes", type -> !type.isInterface())).as("events");
    private static final DescribedPredicate<JavaClass> PLAINTEXTS = belongToAnyOf(PlainSecret.class,
            PlainApiKey.class, PlainPassword.class, BearerToken.class, RequestedHeader.class, EnvValue.class);
    private static final DescribedPredicate<JavaClass> FACADES = described("façades",
            type -> type.getSimpleName().startsWith("EventSourced"));

    @ArchTest
    static final ArchRule nothingThatIsKeptKnowsAPlaintext = noClasses()
            .that(AGGREGATES.or(COMMANDS).or(PROJECTIONS).or(EVENTS)).should()
            .transitivelyDependOnClassesThat(PLAINTEXTS)
            .because("what they hold is kept for ever, shown and exported");

    @ArchTest
    static final ArchRule whatModulesContributeIsFoundByItsName = classes()
            .that().resideOutsideOfPackage("build.leash.app..").and().areMetaAnnotatedWith(Component.class)
            .should().haveSimpleNameEndingWith("Configuration").andShould().beAnnotatedWith(Configuration.class)
            .because("a start looks at nothing else there");

    @ArchTest
    static final ArchRule whoeverHandlesCommandsIsAnAggregate = classes()
            .that(described("have command handlers", type -> type.getCodeUnits().stream()
                    .anyMatch(unit -> unit.isAnnotatedWith(CommandHandler.class))))
            .should().beAssignableTo(AGGREGATES);

    @ArchTest
    static final ArchRule onlyTheHandOffTheEnvAndTheFirstAnswersOpenSecrets = noClasses()
            .that(not(resideInAnyPackage("build.leash.config.lookup", "build.leash.secrets.env",
                    "build.leash.app.web.idempotency")))
            .should().callMethodWhere(target(owner(assignableTo(Vault.class))).and(target(name("open"))));

    @ArchTest
    static final ArchRule onlyFacadesSendCommands = noClasses().that(not(FACADES)).should()
            .callMethodWhere(target(owner(assignableTo(Commands.class))).and(target(name("send"))));

    @ArchTest
    static final ArchRule commandsCarryTheirCaller = noClasses().that(not(assignableTo(Commands.class))).should()
            .callMethodWhere(target(owner(assignableTo(CommandGateway.class))))
            .because("a command that goes past Commands leaves no actor in the log");

    @ArchTest
    static final ArchRule anAggregateDecidesFromItsStateAndTheCommandAlone = noClasses().that(AGGREGATES).should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.sql..", "javax.sql..",
                            "org.springframework..", "java.util.concurrent..", "org.slf4j.."))
            .orShould().dependOnClassesThat(belongToAnyOf(Clock.class, Random.class, SecureRandom.class))
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("build.leash.secrets.kms", "build.leash.secrets.sealing"))
            .orShould().callMethodWhere(target(name("now").or(name("random")).or(name("randomUUID"))
                    .or(name("currentTimeMillis")).or(name("nanoTime"))));

    @ArchTest
    static final ArchRule aSnapshotCanFillEveryField = fields().that().areDeclaredInClassesThat(AGGREGATES).and()
            .areNotStatic().should().notBeFinal().because("Jackson fills no final field when it reads a snapshot");

    @ArchTest
    static final ArchRule aSnapshotHasARevision = classes().that(AGGREGATES).should()
            .beAnnotatedWith(Revision.class);

    @ArchTest
    static final ArchRule anEventIsARecordWithANameAndARevision = classes().that(EVENTS).should().beRecords()
            .andShould()
            .beAnnotatedWith(EventName.class).andShould().beAnnotatedWith(Revision.class).andShould()
            .resideInAPackage("..api.event").andShould().bePublic();

    @ArchTest
    static final ArchRule aCommandIsARecordOfItsAggregatesRoom = classes().that(COMMANDS).should().beRecords()
            .andShould()
            .resideOutsideOfPackage("..api..");

    @ArchTest
    static final ArchRule onlyTheSecretsModuleTouchesCryptography = noClasses()
            .that().resideOutsideOfPackage("build.leash.secrets..").should()
            .dependOnClassesThat().resideInAnyPackage("javax.crypto..");

    @ArchTest
    static final ArchRule allThatIsSealedIsSealedInOnePlace = noClasses()
            .that().doNotHaveFullyQualifiedName("build.leash.secrets.kms.AesGcm").should()
            .dependOnClassesThat().haveFullyQualifiedName("javax.crypto.Cipher");

    @ArchTest
    static final ArchRule aModulesRoomsAreItsOwn = noClasses().that().resideInAPackage("build.leash.app..").should()
            .dependOnClassesThat(resideInAPackage("build.leash..").and(not(resideInAnyPackage("build.leash.app..",
                    "build.leash.*.api", "build.leash.*.api.event"))));

    @ArchTest
    static final ArchRule whatAnApiOffersDoesNotChange = fields().that().areDeclaredInClassesThat()
            .resideInAnyPackage("build.leash.*.api", "build.leash.*.api.event").should().beFinal();

    /** But for the command line, which starts in {@code main} and is given the stream to print to. */
    @ArchTest
    static final ArchRule nobodyPrints = noClasses().that().doNotHaveFullyQualifiedName("build.leash.app.Leash")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule oneLoggingApi = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule constructorsInject = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule noJacksonOfYesterday = noClasses().should().dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson.databind..");

    private static DescribedPredicate<JavaClass> described(String description,
            Predicate<JavaClass> predicate) {
        return DescribedPredicate.describe(description, predicate);
    }
}

package io.tda.worker.local;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import io.tda.worker.config.GeminiApiKey;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which part may know which. Each rule also has to fail for a class that breaks it. */
final class ArchitectureTest {
  private static final String[] DOMAIN = {
    "io.tda.worker.id..", "io.tda.worker.store..", "io.tda.worker.flow..",
    "io.tda.worker.lease..", "io.tda.worker.artifact..", "io.tda.worker.message..",
    "io.tda.worker.time..", "io.tda.worker.json..", "io.tda.worker.config..",
    "io.tda.worker.log..", "io.tda.worker.llm.."
  };

  private static final String[] OUTSIDE = {
    "com.google.cloud..",
    "com.google.api..",
    "com.google.genai..",
    "com.google.pubsub..",
    "okhttp3..",
    "io.javalin..",
    "io.grpc..",
    "java.net.http..",
    "io.opentelemetry.."
  };

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // A packaged build sees other modules' tests as a jar.
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.tda.worker");

  static Stream<Arguments> rules() {
    return Stream.of(
        rule(
            "the domain knows no technology",
            domain().dependOnClassesThat().resideInAnyPackage(OUTSIDE),
            "domain"),
        rule(
            "the domain knows no adapter",
            domain().dependOnClassesThat().resideInAnyPackage("io.tda.worker..adapter.."),
            "domain"),
        rule(
            "the dispatcher does not know the executor",
            noClasses()
                .that()
                .resideInAPackage("io.tda.worker.dispatcher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tda.worker.executor..", "io.tda.worker.llm.."),
            "dispatcher"),
        rule(
            "the executor does not know the dispatcher",
            noClasses()
                .that()
                .resideInAnyPackage("io.tda.worker.executor..", "io.tda.worker.llm..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tda.worker.dispatcher.."),
            "executor"),
        rule(
            "the dispatcher calls no model and reads no object",
            noClasses()
                .that()
                .resideInAPackage("io.tda.worker.dispatcher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.genai..", "com.google.cloud.storage.."),
            "dispatcher"),
        rule(
            "only the one-process runtime keeps documents in memory or in folders",
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "io.tda.worker.local..",
                    "io.tda.worker.adapter.memory..",
                    "io.tda.worker.adapter.directory..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                    "io.tda.worker.adapter.memory..", "io.tda.worker.adapter.directory.."),
            "dispatcher"),
        rule(
            "the environment is read at the edge",
            noClasses()
                .that(
                    resideInAPackage("io.tda.worker.local..")
                        .negate()
                        .and(resideInAPackage("io.tda.worker.emulator..").negate())
                        .and(simpleNameEndingWith("Main").negate()))
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class),
            "domain"),
        rule(
            "time is passed in",
            domain()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random"),
            "domain"),
        rule(
            "only the model client and its wiring see a key",
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    "io.tda.worker.executor.adapter.gemini..",
                    "io.tda.worker.local",
                    "io.tda.worker.config")
                .should()
                .callMethod(GeminiApiKey.class, "exposeSecretToGeminiClient"),
            "domain"),
        rule(
            "classes are final",
            classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .resideOutsideOfPackage("io.tda.worker.bench..")
                .should()
                .haveModifier(FINAL),
            "domain"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void rule_holds(String name, ArchRule rule, String planted) {
    rule.as(name).check(MAIN);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rules")
  void rule_failsForAClassThatBreaksIt(String name, ArchRule rule, String planted) {
    var violations = rule.evaluate(planted(planted));
    assertThat(violations.hasViolation()).as(name).isTrue();
  }

  private static Arguments rule(String name, ArchRule rule, String planted) {
    return Arguments.of(name, rule.allowEmptyShould(true), planted);
  }

  private static ClassesShould domain() {
    return noClasses().that().resideInAnyPackage(DOMAIN).should();
  }

  /** Classes that break the rules, put where the rules look. */
  private static JavaClasses planted(String part) {
    return new ClassFileImporter()
        .importPackages(
            switch (part) {
              case "domain" -> "io.tda.worker.flow.planted";
              case "dispatcher" -> "io.tda.worker.dispatcher.planted";
              default -> "io.tda.worker.executor.planted";
            });
  }
}

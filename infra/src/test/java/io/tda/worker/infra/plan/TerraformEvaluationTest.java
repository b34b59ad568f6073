package io.tda.worker.infra.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.config.ConfigResult;
import io.tda.worker.config.Role;
import io.tda.worker.config.WorkerConfig;
import io.tda.worker.infra.check.Fact;
import io.tda.worker.infra.check.Infra;
import io.tda.worker.infra.check.Places;
import io.tda.worker.infra.check.ProviderArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Terraform's own view: every module is valid, the runs in tests/ pass, and what an apply would
 * make is what it should be. Google's provider is stood in for, so nothing is fetched and nothing
 * is called.
 */
final class TerraformEvaluationTest {
  /** These are about modules that no environment has. */
  private static final String NOT_IN_AN_ENVIRONMENT = "the outside gets in only with a condition";

  private static final Map<Path, TestRuns> DONE = new HashMap<>();

  @TempDir private static Path copy;
  private static StandInProvider provider;
  private static Terraform terraform;

  @BeforeAll
  static void start() throws IOException {
    provider = StandInProvider.start(ProviderArguments.known());
    Map<String, String> environment =
        Map.of("TF_REATTACH_PROVIDERS", provider.reattach(), "CHECKPOINT_DISABLE", "1");
    Optional<Terraform> found = Terraform.find(environment);
    if (found.isEmpty()) {
      System.err.println(
          "NOT CHECKED: terraform is not installed, so nothing was evaluated. The static check of the"
              + " files did run (StaticCheckTest).");
    }
    Assumptions.assumeTrue(found.isPresent(), "terraform is not installed");
    terraform = found.orElseThrow();
    copyTerraform();
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @Test
  void filesAreFormatted() throws IOException, InterruptedException {
    assertThat(terraform.run(copy, "fmt -check -recursive").output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bootstrap", "envs/dev", "envs/prod"})
  void validate_findsNothing(String root) throws IOException, InterruptedException {
    Path folder = copy.resolve(root);
    init(folder);
    assertThat(terraform.run(folder, "validate -no-color")).extracting("code").isEqualTo(0);
  }

  @ParameterizedTest
  @MethodSource("foldersWithTests")
  void test_passes(Path folder) throws IOException, InterruptedException {
    TestRuns runs = tested(folder);
    assertThat(runs.errors()).isEmpty();
    assertThat(runs.summary().orElse("")).matches("Success! [1-9][0-9]* passed, 0 failed.*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev", "prod"})
  void environment_isAsItShouldBe(String environment) throws IOException, InterruptedException {
    checkResult(tested(copy.resolve("envs").resolve(environment)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "vertex", "large"})
  void example_isAsItShouldBe(String example) throws IOException, InterruptedException {
    Path folder = copy.resolve("envs/dev");
    init(folder);
    String values = "-var-file=" + copy.resolve("examples/" + example + ".tfvars");
    checkResult(TestRuns.of(terraform.run(folder, "test -json -verbose " + values).output()));
  }

  private static void checkResult(TestRuns runs) {
    assertThat(runs.errors()).isEmpty();
    assertThat(Fact.broken(Infra.evaluated(runs.state("applies"))))
        .allSatisfy(broken -> assertThat(broken).startsWith(NOT_IN_AN_ENVIRONMENT));
    Deployed deployed = new Deployed(runs.state("applies"));
    assertThat(WorkerConfig.fromEnv(deployed.variables("dispatcher"), Role.DISPATCHER))
        .isInstanceOf(ConfigResult.Valid.class);
    assertThat(WorkerConfig.fromEnv(deployed.variables("executor"), Role.EXECUTOR))
        .isInstanceOf(ConfigResult.Valid.class);
    assertThat(deployed.timeoutChain()).isSorted().last().isEqualTo(600);
    assertThat(deployed.alertQueries())
        .hasSize(10)
        .allSatisfy(
            (alert, query) -> assertThat(query).matches("[ -~]{20,800}").doesNotContain("local."));
    assertThat(deployed.alertQueries().get("token_burn"))
        .contains("llm_prompt_tokens", "llm_output_tokens", "llm_thought_tokens");
  }

  @Test
  void environment_isRefused_whenItsTimesDoNotFit() throws IOException, InterruptedException {
    Path folder = copy.resolve("envs/dev");
    Path tests = folder.resolve("tests/environment.tftest.hcl");
    String text = Files.readString(tests);
    try {
      Files.writeString(
          tests,
          text.replace(
              "variables {\n  images", "variables {\n  times = { model_seconds = 600 }\n  images"));
      assertThat(test(folder).errors())
          .anySatisfy(error -> assertThat(error).contains("model_seconds + finalize_seconds"));
    } finally {
      Files.writeString(tests, text);
    }
  }

  static List<Path> foldersWithTests() throws IOException {
    try (Stream<Path> paths = Files.walk(copy)) {
      return paths.filter(path -> path.endsWith("tests")).map(Path::getParent).sorted().toList();
    }
  }

  /** Once for each folder: a run takes seconds. */
  private static TestRuns tested(Path folder) throws IOException, InterruptedException {
    TestRuns runs = DONE.containsKey(folder) ? DONE.get(folder) : test(folder);
    DONE.put(folder, runs);
    return runs;
  }

  private static TestRuns test(Path folder) throws IOException, InterruptedException {
    init(folder);
    return TestRuns.of(terraform.run(folder, "test -json -verbose").output());
  }

  private static void init(Path folder) throws IOException, InterruptedException {
    if (!Files.exists(folder.resolve(".terraform"))) {
      assertThat(terraform.run(folder, "init -backend=false -input=false -no-color"))
          .extracting("code")
          .isEqualTo(0);
    }
  }

  private static void copyTerraform() throws IOException {
    Path from = Places.of("terraform");
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path :
          paths
              .filter(Files::isRegularFile)
              .filter(file -> !file.toString().contains("/.terraform"))
              .toList()) {
        Path target = copy.resolve(from.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }

  /** What would run, as far as the services are concerned. */
  private record Deployed(JsonNode state) {
    Map<String, String> variables(String service) {
      Map<String, String> variables = new TreeMap<>();
      container(service)
          .path("env")
          .forEach(variable ->
              variables.put(
                  variable.path("name").asText(),
                  variable.path("value").asText("[{\"id\": \"%s\", \"apiKey\": \"canary\"}]")));
      String keyId = variables.getOrDefault("GEMINI_API_KEY_ID", "none");
      variables.computeIfPresent("GEMINI_API_KEYS_JSON", (name, json) -> json.formatted(keyId));
      return variables;
    }

    /** Model and reserve, invocation, request, ack deadline, in seconds. */
    List<Integer> timeoutChain() {
      Map<String, String> variables = variables("executor");
      return List.of(
          number(variables, "GEMINI_TIMEOUT_SECONDS")
              + number(variables, "FINALIZE_BUDGET_SECONDS"),
          number(variables, "INVOCATION_TIMEOUT_SECONDS"),
          Integer.parseInt(
              values("google_cloud_run_v2_service", "executor")
                  .at("/template/0/timeout")
                  .asText()
                  .replace("s", "")),
          values("google_pubsub_subscription", "push").path("ack_deadline_seconds").asInt());
    }

    Map<String, String> alertQueries() {
      Map<String, String> queries = new TreeMap<>();
      state.findParents("address").stream()
          .filter(
              resource -> resource.path("type").asText().equals("google_monitoring_alert_policy"))
          .forEach(alert ->
              queries.put(
                  alert.path("index").asText(),
                  alert
                      .at("/values/conditions/0/condition_prometheus_query_language/0/query")
                      .asText()));
      return queries;
    }

    private static int number(Map<String, String> variables, String name) {
      return Integer.parseInt(variables.get(name));
    }

    private JsonNode container(String service) {
      return values("google_cloud_run_v2_service", service).at("/template/0/containers/0");
    }

    private JsonNode values(String type, String name) {
      return state.findParents("address").stream()
          .filter(resource -> resource.path("type").asText().equals(type))
          .filter(resource -> resource.path("name").asText().equals(name))
          .map(resource -> resource.path("values"))
          .findFirst()
          .orElseThrow();
    }
  }
}

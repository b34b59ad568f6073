package io.tda.worker.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which worker is meant, and the variables that lead to it.
 *
 * @param title for people
 * @param variables as the services have them
 */
record SmokeTarget(String title, Map<String, String> variables) {
  private static final String LOCAL = "local";
  private static final String PROJECT = "GOOGLE_CLOUD_PROJECT";
  private static final String BUCKET = "ARTIFACTS_BUCKET";
  private static final String ENVIRONMENT = "[a-z][a-z0-9-]*";
  private static final Pattern COMMA = Pattern.compile(",");

  /** They would lead a part of the smoke test elsewhere. */
  private static final List<String> OF_A_STACK =
      List.of(
          "FIRESTORE_EMULATOR_HOST",
          "PUBSUB_EMULATOR_HOST",
          "STORAGE_EMULATOR_HOST",
          StackLog.VARIABLE);

  /** Where a variable of the services is in {@code terraform.tfvars}. */
  private static final Map<String, List<String>> IN_TERRAFORM =
      Map.of(
          PROJECT,
          List.of("project_id"),
          BUCKET,
          List.of("artifacts", "bucket"),
          "ARTIFACTS_PREFIX",
          List.of("artifacts", "prefix"),
          "FIRESTORE_DATABASE",
          List.of("firestore", "database"),
          "FLOW_RUNS_COLLECTION",
          List.of("firestore", "collections", "flow_runs"),
          "STEP_LEASES_COLLECTION",
          List.of("firestore", "collections", "step_leases"),
          "LLM_PROMPTS_COLLECTION",
          List.of("firestore", "collections", "llm_prompts"),
          "LLM_SCHEMAS_COLLECTION",
          List.of("firestore", "collections", "llm_schemas"),
          "GEMINI_ALLOWED_MODELS",
          List.of("gemini", "allowed_models"));

  /** Copies the map. */
  SmokeTarget {
    variables = Map.copyOf(variables);
  }

  /**
   * Chooses.
   *
   * @param name what {@code --env} says; null where it is not given: then the project that the
   *     environment names, else the running dev stack
   * @param environment this process's own
   */
  static SmokeTarget of(@Nullable String name, Map<String, String> environment) {
    if (name == null) {
      return named(StackChoice.variables(environment));
    }
    return name.equals(LOCAL) ? local() : deployed(name, environment);
  }

  private static SmokeTarget local() {
    return StackFile.ofThisCheckout()
        .read()
        .map(SmokeTarget::named)
        .orElseThrow(() -> wrong("no dev stack of this checkout runs: ./worker dev --no-seed"));
  }

  private static SmokeTarget named(Map<String, String> variables) {
    if (variables.getOrDefault(BUCKET, "").isBlank()) {
      throw wrong(BUCKET + " is not set; --env ENV takes it from terraform/envs/ENV");
    }
    boolean onEmulators =
        OF_A_STACK.stream()
            .anyMatch(
                variable -> !StackLog.VARIABLE.equals(variable) && variables.containsKey(variable));
    if (onEmulators && !variables.containsKey(StackLog.VARIABLE)) {
      throw wrong(StackLog.VARIABLE + " is not set, though emulators are: where is the log?");
    }
    var title = onEmulators ? "the dev stack" : "project " + variables.get(PROJECT);
    return new SmokeTarget(title, variables);
  }

  private static SmokeTarget deployed(String name, Map<String, String> environment) {
    var file = root().resolve(Path.of("terraform", "envs", name, "terraform.tfvars"));
    if (!name.matches(ENVIRONMENT) || !Files.isRegularFile(file)) {
      throw new CliException(ExitCode.USAGE, "--env: there is no terraform/envs/" + name);
    }
    for (var variable : OF_A_STACK) {
      if (!environment.getOrDefault(variable, "").isBlank()) {
        throw wrong(variable + " is set and leads elsewhere; unset it, or say --env local");
      }
    }
    var variables = new HashMap<>(environment);
    IN_TERRAFORM.keySet().forEach(variables::remove);
    variables.putAll(read(file));
    variables.put("ENV", name);
    var project = variables.get(PROJECT);
    var other = environment.getOrDefault(PROJECT, "");
    if (!other.isBlank() && !other.equals(project)) {
      throw wrong(
          "%s is %s, but environment %s is project %s".formatted(PROJECT, other, name, project));
    }
    return new SmokeTarget("environment %s, project %s".formatted(name, project), variables);
  }

  private static Map<String, String> read(Path file) {
    try {
      var values =
          TerraformVariables.parse(Files.readString(file))
              .orElseThrow(() -> wrong(file + ": is not understood"));
      var variables = new TreeMap<String, String>();
      IN_TERRAFORM.forEach((variable, path) -> {
        var value = at(values, path);
        if (value != null) {
          variables.put(variable, value);
        }
      });
      for (var needed : List.of(PROJECT, BUCKET)) {
        if (!variables.containsKey(needed)) {
          var path = String.join(".", Objects.requireNonNull(IN_TERRAFORM.get(needed)));
          throw wrong(file + ": says no " + path);
        }
      }
      return variables;
    } catch (IOException e) {
      throw wrong(file + ": cannot be read");
    }
  }

  private static @Nullable String at(Object value, List<String> path) {
    var found = value;
    for (var name : path) {
      found = found instanceof Map<?, ?> fields ? fields.get(name) : null;
      if (found == null) {
        return null;
      }
    }
    return found instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(found);
  }

  /** The checkout: the launcher keeps its state right below it. */
  private static Path root() {
    return Objects.requireNonNull(StackFile.folder().getParent());
  }

  private static CliException wrong(String message) {
    return new CliException(ExitCode.BAD_CONFIGURATION, message);
  }

  /** A variable of the services; its usual value where it is not set. */
  String get(String variable, String usual) {
    var value = variables.getOrDefault(variable, "");
    return value.isBlank() ? usual : value;
  }

  /** The first model that may be asked by its exact name; the usual one where all may. */
  String model(String usual) {
    return COMMA
        .splitAsStream(get("GEMINI_ALLOWED_MODELS", ""))
        .map(String::strip)
        .filter(name -> !name.isEmpty() && !name.endsWith("*"))
        .findFirst()
        .orElse(usual);
  }
}

package io.tda.worker.config;

import static io.tda.worker.config.Audience.EXECUTOR;
import static io.tda.worker.config.Variable.optional;
import static io.tda.worker.config.Variable.required;
import static io.tda.worker.config.Variable.withDefault;
import static java.time.temporal.ChronoUnit.SECONDS;

import java.time.Duration;
import java.util.List;

/** The variables that only the executor reads, but for the model's. */
final class ExecutorVariables {
  /** The values of {@code RAW_OUTPUT_CAPTURE}. */
  enum Capture {
    OFF,
    QUARANTINE
  }

  static final Variable<String> ARTIFACTS_BUCKET =
      required("ARTIFACTS_BUCKET", EXECUTOR, Rule.bucket(), "Takes the reports.");

  static final Variable<String> ARTIFACTS_PREFIX =
      optional(
          "ARTIFACTS_PREFIX",
          EXECUTOR,
          Rule.objectPrefix(),
          "What reports' object names start with; slashes around it do not matter.");

  static final Variable<String> LLM_PROMPTS_COLLECTION =
      withDefault(
          "LLM_PROMPTS_COLLECTION",
          EXECUTOR,
          Rule.collection(),
          "llm_prompts",
          "Holds the prompts.");

  static final Variable<String> LLM_SCHEMAS_COLLECTION =
      withDefault(
          "LLM_SCHEMAS_COLLECTION",
          EXECUTOR,
          Rule.collection(),
          "llm_schemas",
          "Holds the schemas.");

  static final Variable<Duration> INVOCATION_TIMEOUT_SECONDS =
      withDefault(
          "INVOCATION_TIMEOUT_SECONDS",
          EXECUTOR,
          Rule.time(SECONDS, 1, 600),
          590,
          "How long one delivery may take. Pub/Sub waits 600 s for an answer at most.");

  static final Variable<Duration> FINALIZE_BUDGET_SECONDS =
      withDefault(
          "FINALIZE_BUDGET_SECONDS",
          EXECUTOR,
          Rule.time(SECONDS, 1, 599),
          120,
          "Kept back of it for the last writes; nothing else starts in it.");

  static final Variable<Duration> CLOUD_RUN_TIMEOUT_SECONDS =
      optional(
          "CLOUD_RUN_TIMEOUT_SECONDS",
          EXECUTOR,
          Rule.time(SECONDS, 1, 3_600),
          "The service's request timeout, told by who deploys, so that the start can check it.");

  static final Variable<Duration> PUSH_ACK_DEADLINE_SECONDS =
      optional(
          "PUSH_ACK_DEADLINE_SECONDS",
          EXECUTOR,
          Rule.time(SECONDS, 10, 600),
          "The subscription's ack deadline, told by who deploys, so that the start can check it.");

  static final Variable<Integer> MAX_DELIVERY_ATTEMPTS =
      withDefault(
          "MAX_DELIVERY_ATTEMPTS",
          EXECUTOR,
          Rule.number(5, 100),
          10,
          "On this delivery the step is finalized whatever happens; equals the subscription's.");

  static final Variable<Integer> MAX_MODEL_CALLS =
      withDefault(
          "MAX_MODEL_CALLS",
          EXECUTOR,
          Rule.number(1, 20),
          4,
          "How many model calls one claim may cost over all its deliveries.");

  static final Variable<Capture> RAW_OUTPUT_CAPTURE =
      withDefault(
          "RAW_OUTPUT_CAPTURE",
          EXECUTOR,
          Rule.oneOf(Capture.class),
          "off",
          "`quarantine` keeps invalid answers in `QUARANTINE_BUCKET`.");

  static final Variable<String> QUARANTINE_BUCKET =
      optional(
          "QUARANTINE_BUCKET",
          EXECUTOR,
          Rule.bucket(),
          "Takes invalid answers; not the bucket of the reports.");

  static final List<Variable<?>> ALL =
      List.of(
          ARTIFACTS_BUCKET,
          ARTIFACTS_PREFIX,
          LLM_PROMPTS_COLLECTION,
          LLM_SCHEMAS_COLLECTION,
          INVOCATION_TIMEOUT_SECONDS,
          FINALIZE_BUDGET_SECONDS,
          CLOUD_RUN_TIMEOUT_SECONDS,
          PUSH_ACK_DEADLINE_SECONDS,
          MAX_DELIVERY_ATTEMPTS,
          MAX_MODEL_CALLS,
          RAW_OUTPUT_CAPTURE,
          QUARANTINE_BUCKET);

  private ExecutorVariables() {}
}

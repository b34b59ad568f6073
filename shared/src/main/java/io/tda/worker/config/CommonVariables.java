package io.tda.worker.config;

import static io.tda.worker.config.Audience.BOTH;
import static io.tda.worker.config.Variable.optional;
import static io.tda.worker.config.Variable.required;
import static io.tda.worker.config.Variable.withDefault;
import static java.time.temporal.ChronoUnit.HOURS;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.tda.worker.config.EmulatorConfig.Endpoint.Emulator;
import io.tda.worker.log.Severity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The variables that both services read. */
final class CommonVariables {
  static final Variable<String> ENV =
      withDefault(
          "ENV",
          BOTH,
          Rule.text(
              "1 to 32 lower-case letters, digits and hyphens, a letter first",
              "[a-z][a-z0-9-]{0,31}"),
          "dev",
          "Names the environment. `prod` and `production` allow neither emulators nor made-up answers.");

  static final Variable<String> GOOGLE_CLOUD_PROJECT =
      required(
          "GOOGLE_CLOUD_PROJECT",
          BOTH,
          Rule.text("a project id", "([a-z0-9.-]+:)?[a-z][a-z0-9-]{1,28}[a-z0-9]"),
          "The project of Firestore, Pub/Sub and Vertex AI.");

  static final Variable<String> FIRESTORE_DATABASE =
      withDefault(
          "FIRESTORE_DATABASE",
          BOTH,
          Rule.text("(default) or a database id", "\\(default\\)|[a-z][a-z0-9-]{2,61}[a-z0-9]"),
          "(default)",
          "The database within the project.");

  static final Variable<String> FLOW_RUNS_COLLECTION =
      withDefault("FLOW_RUNS_COLLECTION", BOTH, Rule.collection(), "flow_runs", "Holds the runs.");

  static final Variable<String> STEP_LEASES_COLLECTION =
      withDefault(
          "STEP_LEASES_COLLECTION",
          BOTH,
          Rule.collection(),
          "step_leases",
          "Holds the leases; a collection of its own.");

  static final Variable<Pattern> RUN_ID_PATTERN =
      optional(
          "RUN_ID_PATTERN",
          BOTH,
          Rules.regex(),
          "Narrows the run ids whose steps are claimed; the whole id has to match.");

  static final Variable<Duration> LEASE_SECONDS =
      withDefault(
          "LEASE_SECONDS",
          BOTH,
          Rule.time(SECONDS, 3, 600),
          60,
          "An executor that has not extended its lease for so long counts as dead; it extends it every third of this.");

  static final Variable<Duration> DISPATCH_LEASE_SECONDS =
      withDefault(
          "DISPATCH_LEASE_SECONDS",
          BOTH,
          Rule.time(SECONDS, 3, 21_600),
          900,
          "A claim that no executor took up for so long is published again.");

  static final Variable<Duration> SWEEP_GRACE_SECONDS =
      withDefault(
          "SWEEP_GRACE_SECONDS",
          BOTH,
          Rule.time(SECONDS, 0, 3_600),
          60,
          "What the sweep waits beyond the end of a lease.");

  static final Variable<Integer> MAX_CLAIM_ATTEMPTS =
      withDefault(
          "MAX_CLAIM_ATTEMPTS",
          BOTH,
          Rule.number(1, 10),
          3,
          "How often a step whose executor died is claimed before it fails.");

  static final Variable<Duration> CLAIM_MAX_AGE_HOURS =
      withDefault(
          "CLAIM_MAX_AGE_HOURS",
          BOTH,
          Rule.time(HOURS, 1, 168),
          24,
          "How long a claim may wait in the queue before the step fails.");

  static final Variable<String> PUSH_AUDIENCE =
      optional(
          "PUSH_AUDIENCE",
          BOTH,
          Rule.text("1 to 2048 printable ASCII characters without white space", "[!-~]{1,2048}"),
          "The audience of callers' OIDC tokens. Set with `PUSH_SERVICE_ACCOUNT`, tokens are verified by the service too.");

  static final Variable<Set<String>> PUSH_SERVICE_ACCOUNT =
      optional(
          "PUSH_SERVICE_ACCOUNT",
          BOTH,
          Rules.accounts(),
          "The service accounts that may call; needs `PUSH_AUDIENCE`.");

  static final Variable<URI> PUSH_CERTS_URL =
      withDefault(
          "PUSH_CERTS_URL",
          BOTH,
          Rules.baseUrl(),
          "https://www.googleapis.com/oauth2/v3/certs",
          "The keys that tokens are verified with. Others than Google's are for tests; refused in production.");

  static final Variable<Emulator> FIRESTORE_EMULATOR_HOST =
      optional(
          "FIRESTORE_EMULATOR_HOST",
          BOTH,
          Rules.emulator(),
          "A Firestore emulator; refused in production.");

  static final Variable<Emulator> PUBSUB_EMULATOR_HOST =
      optional(
          "PUBSUB_EMULATOR_HOST",
          BOTH,
          Rules.emulator(),
          "A Pub/Sub emulator; refused in production.");

  static final Variable<Emulator> STORAGE_EMULATOR_HOST =
      optional(
          "STORAGE_EMULATOR_HOST",
          BOTH,
          Rules.emulator(),
          "A stand-in for Cloud Storage; refused in production.");

  static final Variable<Integer> PORT =
      withDefault(
          "PORT",
          BOTH,
          Rule.number(0, 65_535),
          8080,
          "Where the service listens; 0 for any free port.");

  static final Variable<Severity> LOG_LEVEL =
      withDefault(
          "LOG_LEVEL",
          BOTH,
          Rule.oneOf(Severity.class, Severity::name),
          Severity.INFO,
          "Lines below this are not written.");

  static final List<Variable<?>> ALL =
      List.of(
          ENV,
          GOOGLE_CLOUD_PROJECT,
          FIRESTORE_DATABASE,
          FLOW_RUNS_COLLECTION,
          STEP_LEASES_COLLECTION,
          RUN_ID_PATTERN,
          LEASE_SECONDS,
          DISPATCH_LEASE_SECONDS,
          SWEEP_GRACE_SECONDS,
          MAX_CLAIM_ATTEMPTS,
          CLAIM_MAX_AGE_HOURS,
          PUSH_AUDIENCE,
          PUSH_SERVICE_ACCOUNT,
          PUSH_CERTS_URL,
          FIRESTORE_EMULATOR_HOST,
          PUBSUB_EMULATOR_HOST,
          STORAGE_EMULATOR_HOST,
          PORT,
          LOG_LEVEL);

  private CommonVariables() {}
}

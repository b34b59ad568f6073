package io.tda.worker.infra.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A fault put into a copy of the files, and the fact that has to notice it. */
record Plant(String fact, String file, String from, String to) {
  private static final String PUSH = "modules/claims/push.tf";
  private static final String DEAD = "modules/claims/dead_letters.tf";
  private static final String TRIGGER = "modules/events/trigger.tf";
  private static final String EXECUTOR = "modules/executor/service.tf";
  private static final String DISPATCHER = "modules/dispatcher/service.tf";
  private static final String ARTIFACTS = "modules/data/artifacts.tf";
  private static final String FIRESTORE = "modules/data/firestore.tf";
  private static final String ACCOUNT = "modules/executor/account.tf";
  private static final String REGISTRY = "modules/foundation/registry.tf";
  private static final String SECRET = "modules/foundation/secret.tf";

  /** Puts it in; a text that is not there would be a fault that tests nothing. */
  void into(Path terraform) throws IOException {
    Path path = terraform.resolve(file);
    String text = Files.readString(path);
    if (!text.contains(from)) {
      throw new IllegalStateException(file + " does not contain: " + from);
    }
    Files.writeString(path, text.replace(from, to));
  }

  @Override
  public String toString() {
    return fact + " / " + file + ": " + from.strip() + " -> " + to.strip();
  }

  static List<Plant> all() {
    return Stream.of(access(), delivery(), events(), services(), storage(), layout())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Plant> access() {
    return List.of(
        new Plant(
            "no access for everybody", PUSH, "google_service_account.push.member", "\"allUsers\""),
        new Plant("no primitive roles", ACCOUNT, "roles/storage.objectViewer", "roles/viewer"),
        new Plant(
            "no primitive roles", "modules/delivery/deployer.tf", "roles/run.admin", "roles/owner"),
        new Plant(
            "no keys and no secrets in the state",
            SECRET,
            "# [{",
            "resource \"google_secret_manager_secret_version\" \"v\" {}\n# [{"),
        new Plant(
            "no keys and no secrets in the state",
            ACCOUNT,
            "# Candles",
            "resource \"google_service_account_key\" \"k\" {}\n# Candles"),
        new Plant(
            "grants add to others and do not replace them",
            ACCOUNT,
            "google_storage_bucket_iam_member\" \"reports",
            "google_storage_bucket_iam_binding\" \"reports"),
        new Plant(
            "no more grants in a project than Firestore and agents need",
            ACCOUNT,
            "\"roles/datastore.user\"",
            "\"roles/datastore.owner\""),
        new Plant(
            "no more grants in a project than Firestore and agents need",
            ACCOUNT,
            "condition {",
            "lifecycle {"),
        new Plant(
            "the outside gets in only with a condition",
            "modules/delivery/github.tf",
            "attribute_condition = \"assertion.repository == '${var.github.repository}'\"",
            ""));
  }

  private static List<Plant> delivery() {
    return List.of(
        new Plant("claims are delivered in order", PUSH, "enable_message_ordering    = true", ""),
        new Plant(
            "claims that cannot be delivered are dead letters",
            PUSH,
            "dead_letter_policy {",
            "labels {"),
        new Plant("subscriptions never expire", PUSH, "ttl = \"\"", "ttl = \"2678400s\""),
        new Plant(
            "subscriptions never expire", DEAD, "expiration_policy {\n    ttl = \"\"\n  }", ""),
        new Plant("redelivery waits longer each time", PUSH, "retry_policy {", "labels {"),
        new Plant(
            "pushes carry a token", DEAD, "audience              = var.executor.audience", ""),
        new Plant("dead letters are read", DEAD, "cloud_storage_config {", "bigquery_config {"),
        new Plant(
            "dead letters are read",
            "modules/events/dead_letters.tf",
            "\"google_pubsub_subscription\" \"dead_letter_archive\"",
            "\"google_pubsub_subscription\" \"other\""),
        new Plant(
            "Pub/Sub may write dead letters",
            DEAD,
            "roles/pubsub.publisher",
            "roles/pubsub.viewer"),
        new Plant(
            "Pub/Sub may write dead letters",
            "modules/events/dead_letters.tf",
            "roles/pubsub.subscriber",
            "roles/pubsub.viewer"),
        new Plant(
            "the timeout chain is checked",
            EXECUTOR,
            "var.times.model_seconds + var.times.finalize_seconds <=",
            "var.times.model_seconds <="),
        new Plant("the timeout chain is checked", EXECUTOR, "var.times.ack_seconds <= 600", "true"),
        new Plant("the timeout chain is checked", PUSH, "var.delivery.ack_seconds <= 600", "true"),
        new Plant(
            "the timeout chain holds by default",
            "envs/prod/variables.tf",
            "model_seconds      = optional(number, 450)",
            "model_seconds      = optional(number, 600)"),
        new Plant(
            "scheduled calls carry a token",
            "modules/schedule/jobs.tf",
            "oidc_token {",
            "oauth_token {"));
  }

  private static List<Plant> events() {
    return List.of(
        new Plant("runs that are created raise an event too", TRIGGER, "v1.written", "v1.updated"),
        new Plant("only runs raise events", TRIGGER, "operator  = \"match-path-pattern\"", ""),
        new Plant(
            "the trigger names database and namespace", TRIGGER, "\"namespace\"", "\"space\""),
        new Plant("events are Protobuf", TRIGGER, "application/protobuf", "application/json"),
        new Plant("events go where the dispatcher listens", TRIGGER, "/events/flow-run", "/"),
        new Plant(
            "events that cannot be delivered are dead letters",
            "modules/events/dead_letters.tf",
            "length(data.google_pubsub_subscription.transport.dead_letter_policy) > 0",
            "true"),
        new Plant(
            "sweep and reconcile are called", "modules/schedule/jobs.tf", "\"/sweep\"", "\"/\""));
  }

  private static List<Plant> services() {
    return List.of(
        new Plant(
            "services take calls from inside only",
            EXECUTOR,
            "TRAFFIC_INTERNAL_ONLY",
            "TRAFFIC_ALL"),
        new Plant(
            "services ask who calls",
            DISPATCHER,
            "template {",
            "invoker_iam_disabled = true\n  template {"),
        new Plant(
            "services run as an account of their own",
            DISPATCHER,
            "service_account                  = google_service_account.dispatcher.email",
            ""),
        new Plant("a service takes calls once it is ready", EXECUTOR, "/health/ready", "/healthz"),
        new Plant(
            "a service that hangs is replaced", DISPATCHER, "liveness_probe {", "startup_probe {"),
        new Plant(
            "CPU is paid for while a request is answered, and starts are boosted",
            EXECUTOR,
            "cpu_idle          = true",
            "cpu_idle          = false"),
        new Plant("a deploy ends what a rollback did", EXECUTOR, "traffic {", "labels {"),
        new Plant("images are named by digest", EXECUTOR, "@sha256:[0-9a-f]{64}$", ".*"),
        new Plant("the Gemini key comes from the secret", EXECUTOR, "secret_key_ref {", "other {"));
  }

  private static List<Plant> storage() {
    return List.of(
        new Plant(
            "access to buckets is uniform",
            ARTIFACTS,
            "uniform_bucket_level_access = true",
            "uniform_bucket_level_access = false"),
        new Plant(
            "buckets cannot be made public",
            "modules/data/quarantine.tf",
            "\"enforced\"",
            "\"inherited\""),
        new Plant(
            "buckets are not destroyed with what is in them",
            ARTIFACTS,
            "force_destroy               = false",
            "force_destroy               = true"),
        new Plant(
            "objects are written once and have no versions",
            ARTIFACTS,
            "enabled = false",
            "enabled = true"),
        new Plant(
            "buckets have a life cycle",
            "modules/data/archive.tf",
            "lifecycle_rule {",
            "versioning {"),
        new Plant("images are cleaned up, but not the newest", REGISTRY, "\"KEEP\"", "\"DELETE\""),
        new Plant(
            "the secret is not destroyed by mistake",
            SECRET,
            "deletion_protection = true",
            "deletion_protection = false"),
        new Plant("leases that outlive their step are purged", FIRESTORE, "ttl_config {}", ""),
        new Plant(
            "prompts and steps are not copied into indexes",
            FIRESTORE,
            "field = \"steps\"",
            "field = \"x\""),
        new Plant(
            "prompts and steps are not copied into indexes",
            FIRESTORE,
            "  index_config {}\n}",
            "}"),
        new Plant(
            "the database's locks are optimistic", FIRESTORE, "\"OPTIMISTIC\"", "\"PESSIMISTIC\""),
        new Plant(
            "composite indexes are there", FIRESTORE, "[\"state\", \"expiresAt\"]", "[\"state\"]"),
        new Plant(
            "database and services are in one region",
            FIRESTORE,
            "eur3 = \"europe-west4\"",
            "eur3 = \"\""));
  }

  private static List<Plant> layout() {
    return List.of(
        new Plant(
            "variables are described and typed",
            "modules/claims/variables.tf",
            "  type        = string\n",
            ""),
        new Plant(
            "outputs are described",
            "modules/claims/outputs.tf",
            "  description = \"Name of the topic that takes claims.\"\n",
            ""),
        new Plant(
            "variables and outputs are sorted",
            "modules/claims/variables.tf",
            "\"archive_bucket\"",
            "\"z\""),
        new Plant(
            "environments differ in their values only",
            "envs/prod/main.tf",
            "\"step-claimed\"",
            "\"claims\""),
        new Plant("versions are pinned", "modules/claims/versions.tf", "\"~> 7.45\"", "\">= 4\""),
        new Plant(
            "every argument is one of the provider's",
            PUSH,
            "ack_deadline_seconds",
            "ack_deadline"),
        new Plant(
            "every argument is one of the provider's",
            PUSH,
            "expiration_policy {",
            "expiry_policy {"));
  }
}

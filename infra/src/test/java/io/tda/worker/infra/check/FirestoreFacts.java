package io.tda.worker.infra.check;

import java.util.List;
import java.util.stream.Stream;

/** The database. */
final class FirestoreFacts {
  private FirestoreFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.one(
            "leases that outlive their step are purged",
            "google_firestore_field",
            "lease_purge",
            field ->
                field.body().has("field", "purgeAt") && field.body().at("ttl_config").isPresent()),
        new Fact("prompts and steps are not copied into indexes", FirestoreFacts::notIndexed),
        Fact.each(
            "the database's locks are optimistic",
            "google_firestore_database",
            database -> database.body().has("concurrency_mode", "OPTIMISTIC")),
        new Fact("composite indexes are there", FirestoreFacts::indexes),
        new Fact("database and services are in one region", FirestoreFacts::region));
  }

  private static List<String> notIndexed(Infra infra) {
    String fields =
        infra.all("google_firestore_field", "not_indexed").stream()
            .filter(field ->
                !infra.isWritten()
                    || field.body().blocks().stream()
                        .anyMatch(b -> b.type().equals("index_config")))
            .map(field -> field.body().text("for_each") + field.body().text("field"))
            .reduce("", String::concat);
    return Stream.of("steps", "systemInstruction", "userPrompt", "jsonSchema")
        .filter(name -> !fields.contains('"' + name + '"'))
        .toList();
  }

  private static List<String> indexes(Infra infra) {
    String indexes =
        infra.all("google_firestore_index").stream()
            .map(index -> index.body().text("for_each") + index.body().all("fields"))
            .reduce("", String::concat);
    return Stream.of("state", "expiresAt", "flowKey", "status")
        .filter(name -> !indexes.contains('"' + name + '"'))
        .toList();
  }

  private static List<String> region(Infra infra) {
    return infra.isWritten()
            && infra.all("google_firestore_database").stream()
                .flatMap(database -> database.body().all("lifecycle").stream())
                .flatMap(lifecycle -> lifecycle.all("precondition").stream())
                .noneMatch(
                    condition -> condition.text("condition").contains("eur3 = \"europe-west4\""))
        ? List.of("no precondition compares them")
        : List.of();
  }
}

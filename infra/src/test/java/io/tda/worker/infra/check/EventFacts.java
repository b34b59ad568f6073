package io.tda.worker.infra.check;

import io.tda.worker.infra.hcl.Body;
import java.util.List;
import java.util.stream.Stream;

/** Which changes of a run reach the dispatcher, and how. */
final class EventFacts {
  private static final String TRIGGER = "google_eventarc_trigger";

  private EventFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.each(
            "runs that are created raise an event too",
            TRIGGER,
            trigger ->
                criterion(trigger, "type")
                    .anyMatch(
                        type -> type.has("value", "google.cloud.firestore.document.v1.written"))),
        Fact.each(
            "only runs raise events",
            TRIGGER,
            trigger ->
                criterion(trigger, "document")
                    .anyMatch(document -> document.has("operator", "match-path-pattern"))),
        Fact.each(
            "the trigger names database and namespace",
            TRIGGER,
            trigger ->
                criterion(trigger, "database").count() == 1
                    && criterion(trigger, "namespace")
                        .anyMatch(name -> name.has("value", "(default)"))),
        Fact.each(
            "events are Protobuf",
            TRIGGER,
            trigger -> trigger.body().has("event_data_content_type", "application/protobuf")),
        Fact.each(
            "events go where the dispatcher listens",
            TRIGGER,
            trigger ->
                trigger
                    .body()
                    .at("destination", "cloud_run_service")
                    .filter(service -> service.has("path", "/events/flow-run"))
                    .isPresent()),
        new Fact("events that cannot be delivered are dead letters", EventFacts::deadLetters),
        new Fact("sweep and reconcile are called", EventFacts::schedule));
  }

  private static Stream<Body> criterion(Infra.Resource trigger, String attribute) {
    return trigger.body().all("matching_criteria").stream()
        .filter(criterion -> criterion.has("attribute", attribute));
  }

  /** The deploy sets them; that it did is looked at by every plan. */
  private static List<String> deadLetters(Infra infra) {
    return infra.isWritten()
            && infra.files().values().stream()
                .flatMap(file -> file.all("check").stream())
                .flatMap(check -> check.all("assert").stream())
                .noneMatch(assertion -> assertion.text("condition").contains("dead_letter_policy"))
        ? List.of("no check looks for the dead-letter policy of Eventarc's subscription")
        : List.of();
  }

  private static List<String> schedule(Infra infra) {
    String jobs =
        String.join(
            "\n",
            infra.all("google_cloud_scheduler_job").stream()
                .map(job -> job.body().text("for_each") + job.body().at("http_target"))
                .toList());
    return Stream.of("/sweep", "/reconcile").filter(path -> !jobs.contains(path)).toList();
  }
}

package io.tda.worker.infra.check;

import io.tda.worker.infra.hcl.Body;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How claims are delivered, and what becomes of those that cannot be. */
final class DeliveryFacts {
  private static final String SUBSCRIPTION = "google_pubsub_subscription";

  private DeliveryFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.one(
            "claims are delivered in order",
            SUBSCRIPTION,
            "push",
            push -> push.body().has("enable_message_ordering", true)),
        Fact.one(
            "claims that cannot be delivered are dead letters",
            SUBSCRIPTION,
            "push",
            push -> push.body().at("dead_letter_policy").isPresent()),
        Fact.each(
            "subscriptions never expire",
            SUBSCRIPTION,
            subscription ->
                subscription
                    .body()
                    .at("expiration_policy")
                    .filter(policy -> policy.has("ttl", ""))
                    .isPresent()),
        Fact.each(
            "redelivery waits longer each time",
            SUBSCRIPTION,
            subscription -> subscription.body().at("retry_policy").isPresent()),
        Fact.each(
            "pushes carry a token",
            SUBSCRIPTION,
            subscription ->
                subscription
                    .body()
                    .at("push_config")
                    .map(DeliveryFacts::carriesToken)
                    .orElse(true)),
        new Fact("dead letters are read", DeliveryFacts::deadLettersAreRead),
        new Fact("Pub/Sub may write dead letters", DeliveryFacts::agentMayDeadLetter),
        new Fact("the timeout chain is checked", DeliveryFacts::chainIsChecked),
        new Fact("the timeout chain holds by default", DeliveryFacts::chainHolds),
        Fact.each(
            "scheduled calls carry a token",
            "google_cloud_scheduler_job",
            job -> job.body().at("http_target", "oidc_token").isPresent()));
  }

  private static boolean carriesToken(Body push) {
    return push.at("oidc_token").filter(token -> !token.text("audience").isEmpty()).isPresent();
  }

  /** A topic of dead letters that nobody reads loses them. Each is read by an archive. */
  private static List<String> deadLettersAreRead(Infra infra) {
    return infra.all("google_pubsub_topic", "dead_letters").stream()
        .filter(topic -> !archived(infra, topic))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static boolean archived(Infra infra, Infra.Resource topic) {
    return infra.all(SUBSCRIPTION, "dead_letter_archive").stream()
        .filter(archive -> module(archive).equals(module(topic)))
        .anyMatch(archive ->
            archive.body().at("cloud_storage_config").isPresent()
                && (!infra.isWritten()
                    || archive.body().text("topic").equals("google_pubsub_topic.dead_letters.id")));
  }

  private static String module(Infra.Resource resource) {
    return resource.where().replaceFirst("(modules/\\w+|module\\.\\w+).*", "$1");
  }

  private static List<String> agentMayDeadLetter(Infra infra) {
    return Stream.of(
            List.of(
                "google_pubsub_topic_iam_member",
                "dead_letter_publisher",
                "roles/pubsub.publisher"),
            List.of(
                "google_pubsub_subscription_iam_member",
                "dead_letter_subscriber",
                "roles/pubsub.subscriber"))
        .filter(wanted ->
            infra.all(wanted.get(0), wanted.get(1)).stream()
                    .filter(grant -> grant.body().has("role", wanted.get(2)))
                    .count()
                != 2)
        .map(wanted -> wanted.get(1))
        .toList();
  }

  private static List<String> chainIsChecked(Infra infra) {
    if (!infra.isWritten()) {
      return List.of();
    }
    List<String> conditions =
        infra.resources().stream()
            .flatMap(resource -> resource.body().all("lifecycle").stream())
            .flatMap(lifecycle -> lifecycle.all("precondition").stream())
            .map(precondition -> precondition.text("condition"))
            .toList();
    return Stream.of(
            "var.times.model_seconds + var.times.finalize_seconds <= var.times.invocation_seconds",
            "var.times.invocation_seconds <= var.times.request_seconds",
            "var.times.request_seconds <= var.times.ack_seconds",
            "var.times.ack_seconds <= 600",
            "var.delivery.ack_seconds <= 600")
        .filter(wanted -> !conditions.contains(wanted))
        .toList();
  }

  /** What an environment gets that says nothing about times. */
  private static List<String> chainHolds(Infra infra) {
    return infra.files().entrySet().stream()
        .filter(file -> file.getKey().endsWith("variables.tf") && file.getKey().startsWith("envs/"))
        .filter(file -> !chainHolds(file.getValue()))
        .map(file -> file.getKey())
        .toList();
  }

  private static boolean chainHolds(Body variables) {
    Optional<String> type =
        variables.blocks().stream()
            .filter(block -> block.name().equals("times"))
            .map(block -> block.body().text("type"))
            .findFirst();
    return type.map(times ->
            seconds(times, "model") + seconds(times, "finalize") <= seconds(times, "invocation")
                && seconds(times, "invocation") <= seconds(times, "request")
                && seconds(times, "request") <= seconds(times, "ack")
                && seconds(times, "ack") <= 600)
        .orElse(false);
  }

  private static int seconds(String type, String name) {
    String number =
        type.replaceFirst(
            "(?s).*" + name + "_seconds\\s*=\\s*optional\\(number, (\\d+)\\).*", "$1");
    return new BigDecimal(number).intValueExact();
  }
}

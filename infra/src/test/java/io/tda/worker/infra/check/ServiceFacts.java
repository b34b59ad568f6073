package io.tda.worker.infra.check;

import io.tda.worker.infra.hcl.Body;
import java.util.List;
import java.util.Optional;

/** The two services. */
final class ServiceFacts {
  private static final String SERVICE = "google_cloud_run_v2_service";

  private ServiceFacts() {}

  static List<Fact> all() {
    return List.of(
        Fact.each(
            "services take calls from inside only",
            SERVICE,
            service -> service.body().has("ingress", "INGRESS_TRAFFIC_INTERNAL_ONLY")),
        Fact.each(
            "services ask who calls",
            SERVICE,
            service -> !service.body().has("invoker_iam_disabled", true)),
        Fact.each(
            "services run as an account of their own",
            SERVICE,
            service ->
                service
                    .body()
                    .at("template")
                    .filter(template -> !template.text("service_account").isEmpty())
                    .isPresent()),
        Fact.each(
            "a service takes calls once it is ready",
            SERVICE,
            service -> probes(service, "startup_probe", "/health/ready")),
        Fact.each(
            "a service that hangs is replaced",
            SERVICE,
            service -> probes(service, "liveness_probe", "/health/live")),
        Fact.each(
            "CPU is paid for while a request is answered, and starts are boosted",
            SERVICE,
            service ->
                container(service)
                    .flatMap(container -> container.at("resources"))
                    .filter(
                        size -> size.has("cpu_idle", true) && size.has("startup_cpu_boost", true))
                    .isPresent()),
        Fact.each(
            "a deploy ends what a rollback did",
            SERVICE,
            service ->
                service
                    .body()
                    .at("traffic")
                    .filter(to -> to.has("type", "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"))
                    .isPresent()),
        new Fact("images are named by digest", ServiceFacts::digests),
        new Fact("the Gemini key comes from the secret", ServiceFacts::key));
  }

  private static Optional<Body> container(Infra.Resource service) {
    return service.body().at("template", "containers");
  }

  /** Paths that end in z are the front end's own. */
  private static boolean probes(Infra.Resource service, String probe, String path) {
    return container(service)
        .flatMap(container -> container.at(probe, "http_get"))
        .filter(get -> get.has("path", path))
        .isPresent();
  }

  private static List<String> digests(Infra infra) {
    return infra.all(SERVICE).stream()
        .filter(service -> infra.isWritten() ? !asksForDigest(service) : !hasDigest(service))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static boolean asksForDigest(Infra.Resource service) {
    return service.body().all("lifecycle").stream()
        .flatMap(lifecycle -> lifecycle.all("precondition").stream())
        .anyMatch(condition -> condition.text("condition").contains("@sha256:[0-9a-f]{64}$"));
  }

  private static boolean hasDigest(Infra.Resource service) {
    return container(service)
        .flatMap(container -> container.constant("image"))
        .filter(image -> image.toString().matches(".+@sha256:[0-9a-f]{64}"))
        .isPresent();
  }

  private static List<String> key(Infra infra) {
    return infra.all(SERVICE).stream()
        .flatMap(service -> container(service).stream())
        .flatMap(container -> container.all("env").stream())
        .filter(variable -> variable.text("name").contains("GEMINI_API_KEY"))
        .filter(variable -> !variable.has("name", "GEMINI_API_KEY_ID"))
        .filter(variable -> variable.at("value_source", "secret_key_ref").isEmpty())
        .map(variable -> variable.text("name"))
        .toList();
  }
}

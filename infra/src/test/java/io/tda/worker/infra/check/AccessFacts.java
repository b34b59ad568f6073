package io.tda.worker.infra.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may do what. */
final class AccessFacts {
  private static final Set<String> FORBIDDEN_TYPES =
      Set.of("google_service_account_key", "google_secret_manager_secret_version");

  private AccessFacts() {}

  static List<Fact> all() {
    return List.of(
        new Fact("no access for everybody", AccessFacts::everybody),
        new Fact("no primitive roles", AccessFacts::primitive),
        new Fact("no keys and no secrets in the state", AccessFacts::secrets),
        new Fact("grants add to others and do not replace them", AccessFacts::authoritative),
        new Fact("no more grants in a project than Firestore and agents need", AccessFacts::wide),
        Fact.each(
            "the outside gets in only with a condition",
            "google_iam_workload_identity_pool_provider",
            provider ->
                provider.body().text("attribute_condition").contains("assertion.repository")));
  }

  private static List<String> everybody(Infra infra) {
    return grants(infra)
        .filter(grant -> grant.body().text("member").matches("\"all(Authenticated)?Users\""))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static List<String> primitive(Infra infra) {
    return grants(infra)
        .filter(grant ->
            Grants.roles(grant).stream()
                .anyMatch(role -> role.matches("roles/(owner|editor|viewer)")))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static List<String> secrets(Infra infra) {
    return infra.resources().stream()
        .filter(resource -> FORBIDDEN_TYPES.contains(resource.type()))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static List<String> authoritative(Infra infra) {
    return infra.resources().stream()
        .filter(resource -> resource.type().matches("google_.*_iam_(binding|policy)"))
        .map(Infra.Resource::toString)
        .toList();
  }

  /**
   * In a whole project there is Firestore (which knows no less), and what agents and the pipeline
   * get.
   */
  private static List<String> wide(Infra infra) {
    Set<String> allowed =
        Set.of(
            "roles/aiplatform.user",
            "roles/datastore.user",
            "roles/eventarc.eventReceiver",
            "roles/eventarc.serviceAgent");
    return infra.all("google_project_iam_member").stream()
        .filter(grant -> !grant.name().equals("deployer"))
        .filter(grant ->
            !allowed.containsAll(Grants.roles(grant))
                || (Grants.roles(grant).contains("roles/datastore.user")
                    && grant.body().at("condition").isEmpty()))
        .map(Infra.Resource::toString)
        .toList();
  }

  private static Stream<Infra.Resource> grants(Infra infra) {
    return infra.resources().stream().filter(resource -> resource.type().endsWith("_iam_member"));
  }
}

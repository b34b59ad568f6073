package io.tda.worker.infra.check;

import io.tda.worker.infra.hcl.Constant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a grant gives to whom. */
final class Grants {
  private static final Pattern ACCOUNT =
      Pattern.compile("google_service_account\\.(\\w+)\\.member");
  private static final Pattern AGENT = Pattern.compile("@([\\w-]+)\\.iam\\.gserviceaccount");

  private Grants() {}

  /** The roles of a grant, also where it is one for each of a set. */
  static List<String> roles(Infra.Resource grant) {
    if (!grant.body().text("role").equals("each.value")) {
      return grant.body().constant("role").map(Object::toString).stream().toList();
    }
    String set = grant.body().text("for_each").replaceFirst("^toset\\((.*)\\)$", "$1");
    return Constant.of(set.replaceFirst("(?s)^toset\\((.*)\\)$", "$1")).stream()
        .flatMap(roles -> roles instanceof List<?> list ? list.stream() : List.of().stream())
        .map(Object::toString)
        .toList();
  }

  /** Lines such as {@code dispatcher | roles/pubsub.publisher | pubsub_topic}. */
  static SortedSet<String> table(Infra infra) {
    SortedSet<String> rows = new TreeSet<>();
    infra.resources().stream()
        .filter(resource -> resource.type().endsWith("_iam_member"))
        .forEach(grant ->
            roles(grant)
                .forEach(role -> rows.add(String.join(" | ", who(grant), role, on(grant)))));
    return rows;
  }

  private static String on(Infra.Resource grant) {
    return grant.type().replaceFirst("^google_", "").replaceFirst("_iam_member$", "");
  }

  private static String who(Infra.Resource grant) {
    String member = grant.body().text("member");
    Matcher account = ACCOUNT.matcher(member);
    if (account.matches()) {
      return account.group(1);
    }
    if (member.equals("local.pubsub_agent")) {
      return "gcp-sa-pubsub";
    }
    Matcher agent = AGENT.matcher(member);
    return agent.find() ? agent.group(1) : member.contains("principal://") ? "GitHub" : "readers";
  }
}

package io.tda.worker.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the infrastructure calls is what the services serve, and the other way round. */
final class RoutesTest {
  private static final Pattern ROUTE =
      Pattern.compile("\"(?:\\$\\{[^}]*\\})?(/(?:events|push|health|sweep|reconcile)[a-z/-]*)\"");

  @Test
  void services_serveWhatIsCalled() throws IOException {
    Set<String> called = routes(List.of("terraform/modules"), ".tf");
    assertThat(called).hasSize(7);
    assertThat(
            routes(List.of("shared/src/main", "dispatcher/src/main", "executor/src/main"), ".java"))
        .isEqualTo(called);
  }

  private static Set<String> routes(List<String> folders, String ending) throws IOException {
    Set<String> routes = new TreeSet<>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Places.of(folder))) {
        for (Path file : files.filter(path -> path.toString().endsWith(ending)).toList()) {
          routes.addAll(
              ROUTE
                  .matcher(Files.readString(file))
                  .results()
                  .map(route -> route.group(1))
                  .collect(Collectors.toSet()));
        }
      }
    }
    return routes;
  }
}

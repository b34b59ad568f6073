package io.tda.worker.infra.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page says of each variable of the services what sets it on Google Cloud. */
final class ConfigurationPageTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([A-Z_]+)` \\| (.*) \\|$", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("`([a-z_]+)(?:\\.([a-z_]+))?`");

  @Test
  void everyVariable_hasARow() throws IOException {
    String page = page();
    String declared =
        page.substring(page.indexOf("variables: begin"), page.indexOf("variables: end"));
    assertThat(setBy().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Pattern.compile("^\\| `([A-Z_]+)`", Pattern.MULTILINE)
                .matcher(declared)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyRow_namesAVariableOfTerraform() throws IOException {
    String variables = Files.readString(Places.of("terraform/envs/dev/variables.tf"));
    assertThat(setBy())
        .allSatisfy((name, by) -> {
          for (MatchResult named : NAME.matcher(by.replaceAll("never:.*", "")).results().toList()) {
            assertThat(variables).contains("variable \"" + named.group(1) + "\"");
            if (named.group(2) != null) {
              assertThat(variables).containsPattern("\\b" + named.group(2) + "\\s+= ");
            }
          }
        });
  }

  @Test
  void whatHasANameOfItsOwn_isAmongTheModulesVariables() throws IOException {
    String modules =
        Files.readString(Places.of("terraform/modules/dispatcher/service.tf"))
            + Files.readString(Places.of("terraform/modules/executor/service.tf"))
            + Files.readString(Places.of("terraform/envs/dev/main.tf"));
    assertThat(setBy())
        .allSatisfy((name, by) -> {
          boolean own = !by.startsWith("never") && !by.contains(".env`") && !by.equals("Cloud Run");
          assertThat(Pattern.compile("\\b" + name + "\\b").matcher(modules).find())
              .as("%s is %s", name, by)
              .isEqualTo(
                  own || name.equals("PUSH_AUDIENCE") || modules.contains("\"" + name + "\""));
        });
  }

  private static Map<String, String> setBy() throws IOException {
    String page = page();
    return ROW.matcher(page.substring(page.indexOf("## On Google Cloud")))
        .results()
        .collect(
            Collectors.toMap(
                (MatchResult row) -> row.group(1),
                row -> row.group(2),
                (one, other) -> one,
                TreeMap::new));
  }

  private static String page() throws IOException {
    return Files.readString(Places.of("docs/configuration.md"));
  }
}

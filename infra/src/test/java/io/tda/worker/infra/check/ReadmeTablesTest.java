package io.tda.worker.infra.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.hcl.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of resources, variables and outputs in each folder's README are made from its files.
 */
final class ReadmeTablesTest {
  private static final String BEGIN = "<!-- tables: begin -->\n";
  private static final String END = "<!-- tables: end -->";
  private static final Infra INFRA = Infra.written(Places.of("terraform"));

  @ParameterizedTest
  @MethodSource("folders")
  void tables_areThoseOfTheFiles(String folder) throws IOException {
    Path readme = Places.of("terraform").resolve(folder).resolve("README.md");
    String text = Files.readString(readme);
    String expected =
        text.substring(0, text.indexOf(BEGIN) + BEGIN.length())
            + tables(folder)
            + text.substring(text.indexOf(END));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(readme, expected);
      return;
    }
    assertThat(text)
        .as("./worker test -pl infra -am -Dtest=ReadmeTablesTest -Dgolden.update=true")
        .isEqualTo(expected);
  }

  static Set<String> folders() {
    return INFRA.files().keySet().stream()
        .map(file -> file.substring(0, file.lastIndexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String tables(String folder) {
    return "\n"
        + resources(folder)
        + "| variable | default | meaning |\n|---|---|---|\n"
        + blocks(folder, "variable").stream()
            .map(ReadmeTablesTest::variable)
            .collect(Collectors.joining())
        + "\n| output | meaning |\n|---|---|\n"
        + blocks(folder, "output").stream()
            .map(block -> "| `%s` | %s |%n".formatted(block.name(), description(block)))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String resources(String folder) {
    String rows =
        INFRA.resources().stream()
            .filter(resource -> resource.where().startsWith(folder + "/"))
            .map(resource ->
                "| `%s.%s` | %s |%n"
                    .formatted(
                        resource.type(),
                        resource.name(),
                        resource.where().substring(folder.length() + 1)))
            .collect(Collectors.joining());
    return rows.isEmpty() ? "" : "| resource | in |\n|---|---|\n" + rows + "\n";
  }

  private static String variable(Body.Block block) {
    boolean required = !block.body().arguments().containsKey("default");
    return "| `%s` | %s | %s |%n"
        .formatted(
            block.name(),
            required ? "required" : "`" + block.body().text("default") + "`",
            description(block));
  }

  private static String description(Body.Block block) {
    return block.body().constant("description").orElseThrow().toString().replace("|", "\\|");
  }

  private static List<Body.Block> blocks(String folder, String type) {
    return INFRA.files().entrySet().stream()
        .filter(file -> file.getKey().matches(folder + "/[^/]+"))
        .flatMap(file -> file.getValue().blocks().stream())
        .filter(block -> block.type().equals(type))
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }
}

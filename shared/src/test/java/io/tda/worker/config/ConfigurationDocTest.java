package io.tda.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.config.Variable.Unset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table for people is made from the declarations that the code reads by. */
class ConfigurationDocTest {
  private static final Path DOC = Path.of("..", "docs", "configuration.md");
  private static final String BEGIN = "<!-- variables: begin -->\n";
  private static final String END = "<!-- variables: end -->";

  @Test
  void table_isThatOfTheDeclaredVariables() throws IOException {
    var doc = Files.readString(DOC);
    var before = doc.substring(0, doc.indexOf(BEGIN) + BEGIN.length());
    var expected = before + "\n" + table() + "\n" + doc.substring(doc.indexOf(END));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(DOC, expected);
      return;
    }
    assertThat(doc)
        .as("./worker test -pl shared -am -Dtest=ConfigurationDocTest -Dgolden.update=true")
        .isEqualTo(expected);
  }

  @Test
  void names_areDeclaredOncePerService() {
    for (var role : new Audience[] {Audience.DISPATCHER, Audience.EXECUTOR}) {
      assertThat(Variables.ALL.stream().filter(v -> v.audience().includes(role)))
          .extracting(Variable::name)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void defaults_followTheirOwnRules() {
    for (var variable : Variables.ALL) {
      if (variable.unset() instanceof Unset.Default(var text)) {
        assertThat(variable.rule().parser().apply(text)).as(variable.name()).isPresent();
      }
    }
  }

  private static String table() {
    return Variables.ALL.stream()
        .map(ConfigurationDocTest::row)
        .collect(
            Collectors.joining(
                "",
                "| variable | default | must be | read by | meaning |\n|---|---|---|---|---|\n",
                ""));
  }

  private static String row(Variable<?> variable) {
    var fallback =
        switch (variable.unset()) {
          case Unset.Default(var text) -> "`" + text + "`";
          case Unset.Refused _ -> "required";
          case Unset.Absent _ -> "–";
        };
    return "| `%s` | %s | %s | %s | %s |\n"
        .formatted(
            variable.name(),
            fallback,
            variable.rule().text().replace("*", "\\*").replace("_", "\\_"),
            variable.audience(),
            variable.meaning());
  }
}

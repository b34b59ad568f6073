package io.tda.worker.infra.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The page on access lists exactly the grants that are made. */
final class IamDocTest {
  @Test
  void page_listsEachGrant_andNoOther() throws IOException {
    assertThat(documented())
        .as("docs/iam.md | account | role | on |")
        .containsExactlyElementsOf(Grants.table(Infra.written(Places.of("terraform"))));
  }

  @Test
  void page_saysWhatEachGrantIsNeededFor() throws IOException {
    assertThat(rows()).allSatisfy(row -> assertThat(row.get(4)).isNotBlank());
  }

  private static SortedSet<String> documented() throws IOException {
    SortedSet<String> documented = new TreeSet<>();
    rows().forEach(row -> documented.add(String.join(" | ", row.get(1), row.get(2), row.get(3))));
    return documented;
  }

  private static List<List<String>> rows() throws IOException {
    return Files.readString(Places.of("docs/iam.md"))
        .lines()
        .filter(line -> line.matches("\\|.*\\| `roles/.*"))
        .map(line -> List.of(line.replace("`", "").split("\\s*\\|\\s*")))
        .toList();
  }
}

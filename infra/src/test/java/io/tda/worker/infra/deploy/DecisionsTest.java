package io.tda.worker.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each spike is closed, and the tests that a decision rests on are there. */
final class DecisionsTest {
  private static final Path FOLDER = Places.of("docs/decisions");
  private static final Pattern EVIDENCE =
      Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract))(?:\\.(\\w+))?`");
  private static final Map<String, String> TESTS = new TreeMap<>();

  @BeforeAll
  static void findTests() throws IOException {
    Files.walkFileTree(
        Places.of("."),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return name.equals("target") || (name.startsWith(".") && name.length() > 1)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String name = file.getFileName().toString();
            if (name.endsWith(".java") && file.toString().contains("/src/test/")) {
              TESTS.put(name.replace(".java", ""), Files.readString(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("spikes")
  void spike_isClosed(String spike) throws IOException {
    assertThat(Files.readString(FOLDER.resolve(spike + ".md")))
        .containsSubsequence(
            "# " + spike,
            "## Decision",
            "## Strongest alternative",
            "## Evidence",
            "## Consequence");
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("(" + spike + ".md)");
  }

  @ParameterizedTest
  @MethodSource("spikes")
  void evidence_isThere(String spike) throws IOException {
    String text = Files.readString(FOLDER.resolve(spike + ".md"));
    List<MatchResult> evidence =
        EVIDENCE.matcher(text.substring(text.indexOf("## Evidence"))).results().toList();
    assertThat(evidence).isNotEmpty();
    assertThat(evidence.stream().filter(test -> !isThere(test)).map(MatchResult::group)).isEmpty();
  }

  private static boolean isThere(MatchResult test) {
    String source = TESTS.getOrDefault(test.group(1), "");
    return !source.isEmpty()
        && (test.group(2) == null || source.contains(" " + test.group(2) + "("));
  }

  /** Pages name files and headings of other pages. */
  @Test
  void links_leadSomewhere() throws IOException {
    for (Path page :
        List.of(
            Places.of("README.md"),
            Places.of("docs/deploy.md"),
            Places.of("docs/iam.md"),
            Places.of("docs/cost.md"),
            Places.of("docs/capacity.md"),
            FOLDER.resolve("README.md"))) {
      assertThat(Pattern.compile("\\]\\(([^)#:]+)").matcher(Files.readString(page)).results())
          .allSatisfy(link -> assertThat(page.resolveSibling(link.group(1))).exists());
    }
  }

  static List<String> spikes() {
    return IntStream.rangeClosed(1, 20).mapToObj("SPK-%03d"::formatted).toList();
  }
}

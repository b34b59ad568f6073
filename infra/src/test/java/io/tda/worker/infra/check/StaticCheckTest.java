package io.tda.worker.infra.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at the text alone, so that it runs everywhere; Terraform's own view is another test. */
final class StaticCheckTest {
  private static final Path TERRAFORM = Places.of("terraform");

  @Test
  void everyFactHolds() {
    assertThat(Fact.broken(Infra.written(TERRAFORM))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("plants")
  void fact_isSeenToBreak_whenTheOppositeIsPlanted(Plant plant, @TempDir Path copy)
      throws IOException {
    copyTo(copy);
    plant.into(copy);
    assertThat(Fact.broken(Infra.written(copy)))
        .anySatisfy(broken -> assertThat(broken).startsWith(plant.fact() + ": "));
  }

  @Test
  void everyFact_isSeenToBreak() {
    assertThat(Plant.all().stream().map(Plant::fact).distinct())
        .containsExactlyInAnyOrderElementsOf(Fact.all().stream().map(Fact::name).toList());
  }

  static List<Plant> plants() {
    return Plant.all();
  }

  private static void copyTo(Path copy) throws IOException {
    try (Stream<Path> paths = Files.walk(TERRAFORM)) {
      for (Path path : paths.filter(file -> file.toString().endsWith(".tf")).toList()) {
        Path target = copy.resolve(TERRAFORM.relativize(path).toString());
        Files.createDirectories(target.getParent());
        Files.copy(path, target);
      }
    }
  }
}

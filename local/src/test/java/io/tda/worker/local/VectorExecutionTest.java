package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.memory.Change;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Executes every test vector of the contracts, from its document to the patches it expects. */
final class VectorExecutionTest {
  @TempDir private Path folder;

  static List<String> vectors() {
    return Contracts.vectors();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector_endsWithTheExpectedOutcome(String name) {
    var vector = Contracts.copy(Contracts.file("test-vectors", name), folder.resolve(name));
    var expected = InputFiles.json(vector.resolve("vector.json")).path("expected");
    var outcome = execute(vector);
    assertThat(outcome.exitCode()).isEqualTo(expected.path("exitStatus").intValue());
    if (outcome.result() instanceof LocalRunResult.Ended ended) {
      assertThat(ended.step().value()).isEqualTo(expected.path("stepId").asText());
      assertThat(errorCode(ended)).isEqualTo(expected.path("errorCode").textValue());
      assertThat(modelCalls(ended)).isEqualTo(expected.path("modelCalls").longValue());
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void vector_writesTheExpectedPatchesAndNothingElse(String name) {
    var vector = Contracts.copy(Contracts.file("test-vectors", name), folder.resolve(name));
    var expected = InputFiles.json(vector.resolve("expected-patch.json"));
    var patches = execute(vector).changes().stream().filter(it -> it.before().isPresent()).toList();
    var halves =
        List.of("claim", "finalize").stream()
            .filter(expected::has)
            .map(half -> new ExpectedPatch(expected.path(half)))
            .toList();
    assertThat(patches).hasSameSizeAs(halves);
    for (int i = 0; i < halves.size(); i++) {
      halves.get(i).assertMatches(patches.get(i));
    }
  }

  private record Outcome(int exitCode, @Nullable LocalRunResult result, List<Change> changes) {}

  private static Outcome execute(Path vector) {
    var changes = new CopyOnWriteArrayList<Change>();
    var files =
        new LocalRun.Files(vector.resolve("flow_run.json"), vector, vector.resolve("artifacts"));
    try (var execution =
        LocalExecution.of(settings(vector), LocalExecution.Mode.MOCK, vector.resolve("fixtures"))) {
      var result =
          execution
              .prepare(files, (_, _) -> {})
              .execute(null, change -> recordRun(change, changes));
      return new Outcome(result.exitCode().code(), result, changes);
    } catch (CliException e) {
      return new Outcome(e.exitCode().code(), null, changes);
    }
  }

  private static void recordRun(Change change, List<Change> changes) {
    if (change.ref().collection().equals("flow_runs")) {
      changes.add(change);
    }
  }

  private static Map<String, String> settings(Path vector) {
    var settings = new HashMap<String, String>();
    for (var setting :
        InputFiles.json(vector.resolve("vector.json")).path("settings").properties()) {
      settings.put(setting.getKey(), setting.getValue().asText());
    }
    return settings;
  }

  private static @Nullable String errorCode(LocalRunResult.Ended ended) {
    return ended.ending() instanceof LocalRunResult.Ending.Failed failed ? failed.code() : null;
  }

  private static long modelCalls(LocalRunResult.Ended ended) {
    var llm = ended.execution().get("llm") instanceof Map<?, ?> map ? map : Map.of();
    var attempts = llm.get("attempts") instanceof Map<?, ?> map ? map : Map.of("total", 0L);
    return (Long) Objects.requireNonNull(attempts.get("total"));
  }
}

package io.tda.worker.local.smoke;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.adapter.directory.DirectoryArtifactStore;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.id.RunId;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a smoke test waits, and when it has waited enough. The worker here is a script. */
final class SmokeTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final ScriptedLog log = new ScriptedLog();
  private final Deque<Runnable> script = new ArrayDeque<>();
  private final SmokeCase badSchema = cases().get(1);
  private final SmokeCase oversize = cases().get(2);
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private InMemoryDocumentStore documents;
  private SmokeData data;

  @BeforeEach
  void open() throws IOException {
    documents = new InMemoryDocumentStore(() -> now);
    data = new SmokeData(documents, DirectoryArtifactStore.open(folder), "flow_runs");
  }

  private static List<SmokeCase> cases() {
    var reports = ArtifactPathPolicy.of("some-bucket", "").orElseThrow();
    var place =
        new SmokeCases.Place("some-bucket", reports, "flow_runs", "llm_prompts", "llm_schemas");
    return new SmokeCases(place, "t1", "gemini-x", new byte[] {1}).all();
  }

  /** Each second the next line of the script happens. */
  private List<Smoke.Verdict> run(SmokeCase... cases) {
    var surroundings =
        new Smoke.Surroundings(
            () -> now,
            pause -> {
              now = now.plus(pause);
              if (!script.isEmpty()) {
                script.pop().run();
              }
            },
            TIMEOUT);
    return new Smoke(data, log, surroundings).run(List.of(cases));
  }

  private static final class ScriptedLog implements LogSource {
    private final List<LoggedLine> lines = new ArrayList<>();
    private int readsBeforeTheFault = Integer.MAX_VALUE;

    @Override
    public List<LoggedLine> read(Set<RunId> runs) {
      return readsBeforeTheFault-- > 0 ? List.copyOf(lines) : lines.subList(0, 1);
    }

    @Override
    public Duration pause() {
      return Duration.ofSeconds(1);
    }

    @Override
    public Duration patience() {
      return Duration.ofSeconds(10);
    }

    @Override
    public String title() {
      return "a script";
    }
  }

  private static Lines lines(SmokeCase each) {
    return Lines.of(each.step().runId().value(), each.expected());
  }

  private void fails(SmokeCase each) {
    var step = each.step().stepId().value();
    var code = String.valueOf(each.expected().error());
    var patch =
        Patch.empty()
            .with(FieldPath.of("steps", step, "status"), "FAILED")
            .with(FieldPath.of("steps", step, "error", "code"), code);
    var ref = new DocumentRef("flow_runs", each.step().runId().value());
    documents.commit(List.of(new Write.Update(ref, patch, new Precondition.None())));
  }

  @Test
  void lineThatComesLate_isWaitedFor() {
    script.add(() -> fails(badSchema));
    script.add(() -> log.lines.addAll(lines(badSchema).without("push_finished 204").all()));
    script.add(() -> {
      log.lines.clear();
      log.lines.addAll(lines(badSchema).all());
    });

    var verdict = run(badSchema).getFirst();

    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.took()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void stepThatNeverEnds_isGivenUpAtTheTimeout_andSaysSo() {
    var verdict = run(badSchema).getFirst();

    assertThat(verdict.took()).isEqualTo(TIMEOUT);
    assertThat(verdict.findings())
        .extracting(Finding::toString)
        .startsWith("time: not done after 30 s", "step's status: expected 'FAILED', saw 'READY'");
  }

  @Test
  void logThatNeverComes_isGivenUpSoonAfterTheStepsEnd() {
    script.add(() -> fails(badSchema));

    var verdict = run(badSchema).getFirst();

    assertThat(verdict.took()).isEqualTo(Duration.ofSeconds(11));
    assertThat(verdict.findings())
        .extracting(Finding::where)
        .containsExactly("dispatcher's log", "executor's log");
  }

  @Test
  void lineThatShouldNotHaveCome_isFoundAtTheEnd() {
    script.add(() -> {
      fails(badSchema);
      log.lines.addAll(lines(badSchema).all());
    });
    script.add(() -> {
      fails(oversize);
      log.lines.addAll(lines(oversize).all());
      log.lines.addAll(
          new Lines(badSchema.step().runId().value())
              .executor("message-2", "llm_request_started")
              .all());
    });

    var verdicts = run(badSchema, oversize);

    assertThat(verdicts.getFirst().findings())
        .extracting(Finding::toString)
        .contains("model calls: expected '0', saw '1'");
    assertThat(verdicts.getLast().isGood()).isTrue();
  }

  @Test
  void readThatBreaksOff_takesNothingBack() {
    script.add(() -> {
      fails(badSchema);
      log.lines.addAll(lines(badSchema).all());
    });
    script.add(() -> {
      fails(oversize);
      log.lines.addAll(lines(oversize).all());
      log.readsBeforeTheFault = 1;
    });

    assertThat(run(badSchema, oversize)).allMatch(Smoke.Verdict::isGood);
  }

  @Test
  void clearingUp_leavesNoDocument_andNoObjectIsTouched() throws IOException {
    script.add(() -> {
      fails(badSchema);
      log.lines.addAll(lines(badSchema).all());
    });
    run(badSchema);
    long before = objects();

    data.clearUp(badSchema);

    var refs = new ArrayList<>(badSchema.material().documents().keySet());
    refs.add(new DocumentRef("flow_runs", badSchema.step().runId().value()));
    assertThat(documents.getAll(refs)).allMatch(found -> found.isEmpty());
    assertThat(objects()).isPositive().isEqualTo(before);
  }

  private long objects() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(it -> it.toString().contains("smoke"))
          .count();
    }
  }
}

package io.tda.worker.dispatcher;

import static io.tda.worker.dispatcher.DispatcherFixture.ready;
import static io.tda.worker.dispatcher.DispatcherFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.config.RunIdFilter;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.RunFixtures;
import io.tda.worker.id.RunId;
import io.tda.worker.log.IngressEvent.CloudEventIgnored;
import io.tda.worker.store.CommitResult;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentQuery;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a reconcile finds, and that it stops and goes on where it has to. */
class ReconcileTest {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final DispatcherFixture fixture = new DispatcherFixture();

  @Test
  void run_claimsAndPublishes_whatNoEventToldOf() {
    fixture.putRun("RUNNING", Map.of("a", ready(), "b", step("SUCCEEDED")));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 1, true));
    assertThat(fixture.published.claims())
        .containsExactly(fixture.lease("a").orElseThrow().value().claim());
    assertThat(fixture.published.claims().getFirst().eventId()).startsWith("reconcile-");
    assertThat(fixture.log.names())
        .containsExactly(
            "reconcile_started",
            "ready_step_selected",
            "claim_attempt",
            "step_claimed_published",
            "reconcile_finished");
  }

  @Test
  void run_claimsAStepAnew_whoseLeaseIsGone() {
    fixture.putRun("RUNNING", Map.of("a", step("RUNNING"), "b", step("RUNNING")));
    fixture.leaseOf("b");

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 1, true));
    assertThat(fixture.published.claims())
        .containsExactly(fixture.lease("a").orElseThrow().value().claim());
    assertThat(fixture.status("a")).isEqualTo("RUNNING");
    assertThat(fixture.log.names()).contains("lease_missing");
    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, true));
  }

  @Test
  void run_claimsNothingAnew_whenTheStepEndsMeanwhile() {
    fixture.putRun("RUNNING", Map.of("a", step("RUNNING")));
    fixture.store.beforeCommit(
        () -> fixture.patchRun(FieldPath.of("steps", "a", "status"), "SUCCEEDED"));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, true));
    assertThat(fixture.lease("a")).isEmpty();
    assertThat(fixture.published.sent()).isEmpty();
    assertThat(fixture.status("a")).isEqualTo("SUCCEEDED");
  }

  @Test
  void run_claimsNothingAnew_whenTheRunIsCancelledMeanwhile() {
    fixture.putRun("RUNNING", Map.of("a", step("RUNNING")));

    assertThat(fixture.reconcile(cancelledAfterTheQuery()).run(LIMIT))
        .isEqualTo(new ReconcileResult(1, 0, true));
    assertThat(fixture.lease("a")).isEmpty();
    assertThat(fixture.published.sent()).isEmpty();
  }

  private DocumentStore cancelledAfterTheQuery() {
    return new DocumentStore() {
      @Override
      public List<Document> query(DocumentQuery query) {
        var found = fixture.store.query(query);
        fixture.patchRun(FieldPath.of("status"), "CANCELLED");
        return found;
      }

      @Override
      public List<Optional<Document>> getAll(List<DocumentRef> refs) {
        return fixture.store.getAll(refs);
      }

      @Override
      public CommitResult commit(List<Write> writes) {
        return fixture.store.commit(writes);
      }
    };
  }

  @Test
  void run_leavesStepsOfOtherWorkersAlone() {
    var export = new HashMap<>(step("RUNNING"));
    export.put("stepType", "OHLCV_EXPORT");
    fixture.putRun("RUNNING", Map.of("a", export));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, true));
    assertThat(fixture.store.commits()).isEmpty();
  }

  @Test
  void run_endsAStepThatCanNeverRun() {
    fixture.putRun("RUNNING", Map.of("a", ready("nobody")));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, true));
    assertThat(fixture.status("a")).isEqualTo("FAILED");
  }

  @Test
  void run_looksAtNoRunThatIsNotRunning() {
    fixture.putRun("PENDING", Map.of("a", ready()));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(0, 0, true));
    assertThat(fixture.status("a")).isEqualTo("READY");
  }

  @Test
  void run_leavesRunsOfOtherEnvironmentsAlone_andSaysSo() {
    put("run-1", "RUNNING", Map.of("a", ready()));
    put("run-2_demo", "RUNNING", Map.of("a", ready()));
    put("run-3", "RUNNING", Map.of("a", "no map"));
    var demoOnly = RunIdFilter.matching(Pattern.compile(".*_demo"));
    var scope = new ReconcileScope(demoOnly, fixture.cursor);

    assertThat(fixture.reconcile(fixture.store, scope).run(LIMIT))
        .isEqualTo(new ReconcileResult(1, 1, true));
    assertThat(fixture.published.claims())
        .extracting(it -> it.step().runId().value())
        .containsExactly("run-2_demo");
    assertThat(fixture.log.entries())
        .filteredOn(it -> it.event() instanceof CloudEventIgnored)
        .extracting(it -> it.event().fields().toString())
        .containsOnly("{reason=invalid_subject}")
        .hasSize(2);
  }

  @Test
  void run_passesOverWhatIsNoRunId() {
    put("no run id", "RUNNING", Map.of("a", ready()));
    put("run-1", "RUNNING", Map.of("a", ready()));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 1, true));
  }

  @Test
  void run_changesNothing_whenItIsRepeated() {
    fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.reconcile().run(LIMIT);
    var run = fixture.run();

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, true));
    assertThat(fixture.run()).isEqualTo(run);
    assertThat(fixture.published.sent()).hasSize(1);
  }

  @Test
  void run_goesOnWithTheOthers_whenOneRunIsBrokenOrMeetsABug() {
    put("run-1", "RUNNING", Map.of("a", "no map"));
    put("run-2", "RUNNING", Map.of("a", ready()));
    put("run-3", "RUNNING", Map.of("a", ready()));
    fixture.publisher.throwOnce(new IllegalStateException("CANARY-PAYLOAD"));

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(3, 1, false));
    assertThat(fixture.log.names()).contains("cloud_event_ignored", "internal_error");
    assertThat(fixture.log.entries().toString()).doesNotContain("CANARY-PAYLOAD");
  }

  @Test
  void run_isNotComplete_whenAMessageIsNotPublished() {
    fixture.putRun("RUNNING", Map.of("a", ready()));
    fixture.publisher.failOnce();

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(1, 0, false));
    assertThat(fixture.log.names()).contains("recovery_failed");
  }

  @Test
  void run_pagesThroughAllRuns() {
    for (int i = 0; i < 250; i++) {
      put("run-" + i, "RUNNING", Map.of("a", ready()));
    }

    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(250, 250, true));
    assertThat(fixture.published.claims().stream().map(Claim::step).distinct()).hasSize(250);
  }

  @Test
  void run_stopsAtItsLimit_andAnotherInstanceGoesOnFromThere() {
    for (int i = 0; i < 5; i++) {
      put("run-" + i, "RUNNING", Map.of("a", ready()));
    }
    // Each claim takes a second.
    fixture.store.beforeCommit(() -> fixture.now = fixture.now.plusSeconds(1));

    var first = fixture.reconcile().run(Duration.ofSeconds(3));
    var second = fixture.reconcile().run(Duration.ofSeconds(3));

    assertThat(first).isEqualTo(new ReconcileResult(3, 3, false));
    assertThat(second).isEqualTo(new ReconcileResult(2, 2, true));
    assertThat(fixture.cursor.load()).isEmpty();
    assertThat(fixture.reconcile().run(LIMIT)).isEqualTo(new ReconcileResult(5, 0, true));
  }

  @Test
  void sweep_doesNotSeeTheCursor() {
    fixture.cursor.save(new RunId("run-1"));
    fixture.now = fixture.now.plus(Duration.ofDays(30));

    assertThat(fixture.sweep().run(LIMIT)).isEqualTo(new SweepResult(0, 0, 0, 0, true));
    assertThat(fixture.cursor.load()).contains(new RunId("run-1"));
  }

  @RepeatedTest(50)
  void run_claimsAStepOnce_whenTwoRaceWithAnEvent() throws Exception {
    var snapshot = fixture.putRun("RUNNING", Map.of("a", ready()));
    var handler = fixture.handler(fixture.documents, 1);
    var one = fixture.reconcile(fixture.documents);
    var other = fixture.reconcile(fixture.documents);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      threads.invokeAll(
          List.<Callable<Object>>of(
              () -> one.run(LIMIT),
              () -> other.run(LIMIT),
              () -> handler.handle(DispatcherFixture.event("e1", snapshot))));
    }

    assertThat(fixture.published.claims())
        .containsExactly(fixture.lease("a").orElseThrow().value().claim());
  }

  private void put(String id, String status, Map<String, Object> steps) {
    var fields = new HashMap<>(RunFixtures.run(status, steps));
    var ref = new DocumentRef("flow_runs", id);
    fixture.documents.commit(List.of(new Write.Set(ref, fields, new Precondition.None())));
  }
}

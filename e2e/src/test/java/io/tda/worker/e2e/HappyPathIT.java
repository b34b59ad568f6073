package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.GeoPoint;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a document in Firestore to a report in storage, delivered as in production. */
@ExtendWith(LeavesNoTrace.class)
final class HappyPathIT {
  private static final String STEP = "report";

  private final Stack stack = SharedStack.DELIVERED.get();

  @Test
  void run_getsItsReport_andBothServicesTellOneStory() throws IOException {
    var run = RunBuilder.run("happy").report(STEP);

    stack.create(run);
    var step = stack.await(run, STEP, "SUCCEEDED").step(STEP);

    var report = stack.report(run, STEP).orElseThrow();
    assertThat(step.at("/outputs/execution/artifact/sha256").asText())
        .isEqualTo(sha256(report.content()));
    assertThat(step.at("/outputs/execution/artifact/generation").asLong())
        .isEqualTo(report.generation());
    assertThat(report.contentType()).isEqualTo("application/json");
    assertThat(report.metadata().get("claimId"))
        .isEqualTo(step.at("/outputs/execution/claim/claimId").asText());
    assertThat(
            Contracts.schema("llm_report_file")
                .validate(new ObjectMapper().readTree(report.content())))
        .isEmpty();
    assertThat(Canary.in(new String(report.content(), UTF_8))).containsExactly(Canary.ANSWER);
    assertThat(stack.modelCalls(run, STEP)).isEqualTo(1);
    assertThat(stack.lease(run, STEP)).isEmpty();
    assertStory(run);
  }

  private void assertStory(RunBuilder run) {
    var story =
        Story.of(stack, run)
            .dispatcherByEvent(
                List.of(
                    List.of(
                        "cloud_event_received",
                        "cloud_event_parsed",
                        "ready_step_selected",
                        "claim_attempt ok",
                        "step_claimed_published",
                        "cloud_event_finished ok"),
                    echo("the claim"),
                    echo("the step's end")))
            .executor(
                "step_claimed_received",
                "lease_acquired",
                "user_input_built",
                "llm_request_started",
                "llm_request_finished ok",
                "gcs_write_finished",
                "step_completed",
                "push_finished 204");
    assertThat(story.context())
        .isEqualTo(
            "charts_manifest_parsed, context_resolve_finished, gcs_read_finished chart_image,"
                + " gcs_read_finished charts_manifest, gcs_read_finished ohlcv,"
                + " prompt_fetch_finished");
    assertThat(tracesOfTheStep(run)).as("one trace, from the event to the step's end").hasSize(1);
  }

  /** The worker's own writes come back as events. */
  private static List<String> echo(@SuppressWarnings("unused") String ofWhat) {
    return List.of(
        "cloud_event_received", "cloud_event_noop prefiltered", "cloud_event_finished noop");
  }

  private List<Optional<String>> tracesOfTheStep(RunBuilder run) {
    return stack.log(run).stream()
        .filter(line -> line.isAbout(run.id(), STEP))
        .map(LogLine::trace)
        .distinct()
        .toList();
  }

  @Test
  void run_getsAllItsReports_whenThreeStepsAreReadyAtOnce() {
    var run = RunBuilder.run("three").report("first").report("second").report("third");

    stack.create(run);
    for (var step : List.of("first", "second", "third")) {
      var done = stack.await(run, step, "SUCCEEDED").step(step);
      assertThat(done.at("/outputs/gcs_uri").asText()).endsWith("/4h/" + step + ".json");
      assertThat(stack.modelCalls(run, step)).isEqualTo(1);
      assertThat(stack.report(run, step)).isPresent();
      assertThat(stack.lease(run, step)).isEmpty();
    }

    assertThat(stack.run(run).document()).containsEntry("status", "RUNNING");
    assertThat(stack.log(run).stream().filter(line -> line.event().equals("claim_attempt")))
        .filteredOn(line -> line.at("/claimed").asBoolean())
        .extracting(line -> line.text("stepId"))
        .containsExactlyInAnyOrder("first", "second", "third");
  }

  @Test
  void run_keepsFieldsThatNobodyKnows() {
    var run =
        RunBuilder.run("unknown")
            .report(STEP)
            .set(exotic(), "fromTheFuture")
            .set(exotic(), "steps", STEP, "x-extra")
            .set(exotic(), "steps", STEP, "inputs", "extra")
            .set(exotic(), "steps", STEP, "outputs", "from.others")
            .set(exotic(), "steps", "candles_report", "outputs", "extra")
            .set("soon", "steps", STEP, "inputs", "llm", "llmProfile", "newKnob");

    stack.create(run);
    var after = stack.await(run, STEP, "SUCCEEDED").document();

    assertThat(withoutOurs(after)).isEqualTo(withoutOurs(asStored(run)));
    assertThat(Story.of(stack, run).told(ServiceApp.EXECUTOR)).contains("llm_profile_keys_ignored");
  }

  /** What Firestore knows besides texts. */
  private static Map<String, Object> exotic() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("a.b/c `d`", 1L);
    fields.put("number", 0.1);
    fields.put("nothing", null);
    fields.put("time", Timestamp.ofTimeSecondsAndNanos(1_700_000_000, 123_000));
    fields.put("bytes", Blob.fromBytes(new byte[] {0, (byte) 255}));
    fields.put("place", new GeoPoint(1, 2));
    fields.put("list", Arrays.asList(1L, null, Map.of("deep", List.of(true))));
    return fields;
  }

  /** The run as it was created, read back: integers are long there. */
  private Map<String, Object> asStored(RunBuilder run) {
    stack.platform().documents().put("copies", run.id(), run.document());
    return stack.platform().documents().read("copies", run.id()).orElseThrow().data();
  }

  /** Everything but what the worker's patches are about. */
  private static Map<String, Object> withoutOurs(Map<String, Object> document) {
    var copy = Fields.copy(document);
    for (var path :
        List.of(
            new String[] {"steps", STEP, "status"},
            new String[] {"steps", STEP, "finishedAt"},
            new String[] {"steps", STEP, "outputs", "gcs_uri"},
            new String[] {"steps", STEP, "outputs", "execution"})) {
      Fields.remove(copy, path);
    }
    return copy;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

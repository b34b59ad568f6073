package io.tda.worker.local.smoke;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run has to end, and what has to be told about it.
 *
 * @param error null for a step that succeeds
 * @param dispatcher as {@link LogStory#dispatcher}
 * @param executor as {@link LogStory#executor}
 */
public record Expected(
    StepStatus status,
    @Nullable ErrorCode error,
    int modelCalls,
    List<String> dispatcher,
    List<String> executor) {
  /** The run is stored, its step becomes READY, is claimed, and ends: four events. */
  private static final List<String> ONE_CLAIM =
      List.of(
          LogStory.ECHO,
          LogStory.ECHO,
          LogStory.ECHO,
          "cloud_event_received, cloud_event_parsed, ready_step_selected, claim_attempt ok,"
              + " step_claimed_published, cloud_event_finished ok");

  private static final String TOO_LARGE = "context_json_too_large ohlcv";

  /** Copies the lists. */
  public Expected {
    dispatcher = List.copyOf(dispatcher);
    executor = List.copyOf(executor);
  }

  static Expected report() {
    var told = new ArrayList<>(loaded("ok"));
    told.addAll(List.of("user_input_built", "llm_request_started", "llm_request_finished ok"));
    told.addAll(List.of("gcs_write_finished ok", "step_completed"));
    return of(null, 1, told);
  }

  static Expected badSchema() {
    var told = new ArrayList<>(loaded("ok"));
    told.add("structured_output_schema_invalid /jsonSchema/required: must name details");
    return of(ErrorCode.LLM_PROFILE_INVALID, 0, told);
  }

  static Expected oversize() {
    var told = new ArrayList<>(loaded("failed"));
    told.add(1, TOO_LARGE);
    return of(ErrorCode.INVALID_STEP_INPUTS, 0, told);
  }

  static Expected truncated() {
    var told = new ArrayList<>(loaded("ok"));
    told.addAll(List.of("user_input_built", "llm_request_started", "llm_request_finished ok"));
    told.add("structured_output_invalid finish_reason");
    return of(ErrorCode.INVALID_STRUCTURED_OUTPUT, 1, told);
  }

  private static Expected of(@Nullable ErrorCode error, int modelCalls, List<String> middle) {
    var told = new ArrayList<>(List.of("step_claimed_received"));
    told.addAll(middle);
    if (error != null) {
      told.add("step_failed " + error);
    }
    told.add("push_finished 204");
    var status = error == null ? StepStatus.SUCCEEDED : StepStatus.FAILED;
    return new Expected(status, error, modelCalls, ONE_CLAIM, told);
  }

  /** In the order of their names; the candles are what may be too large. */
  private static List<String> loaded(String candles) {
    return List.of(
        "charts_manifest_parsed",
        "context_resolve_finished " + candles,
        "gcs_read_finished chart_image ok",
        "gcs_read_finished charts_manifest ok",
        "gcs_read_finished ohlcv " + candles,
        "lease_acquired",
        "prompt_fetch_finished ok");
  }
}

package io.tda.worker.flow;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.id.StepId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an LLM_REPORT step works with: its prompt, its profile, and where its artifacts are.
 *
 * @param promptId in {@code llm_prompts}
 * @param llmProfile as given and unchecked: nothing is merged into it or defaulted over it
 * @param previousReports in the order of the document, {@code previousReportStepIds} first; each
 *     report once, however often the step names it
 */
public record LLMReportInputs(
    String promptId,
    Map<String, Object> llmProfile,
    GcsUri ohlcv,
    GcsUri chartsManifest,
    List<PreviousReport> previousReports) {
  private static final Pattern PROMPT_ID = Pattern.compile("[A-Za-z0-9_]{1,128}");

  /** What a prompt id has to look like, for messages. */
  public static final String PROMPT_ID_RULE = "must match " + PROMPT_ID.pattern();

  public LLMReportInputs {
    if (!isPromptId(promptId)) {
      throw new IllegalArgumentException("prompt id " + PROMPT_ID_RULE);
    }
    llmProfile = Collections.unmodifiableMap(new LinkedHashMap<>(llmProfile));
    previousReports = List.copyOf(previousReports);
  }

  /**
   * A report that the model is shown.
   *
   * @param stepId the step that made it, as the step's inputs name it; null where they name a URI
   *     alone
   */
  public record PreviousReport(@Nullable StepId stepId, GcsUri uri) {}

  /** What became of a step's inputs. */
  public sealed interface Resolution {

    /** Everything is there and every reference leads somewhere. */
    record Resolved(LLMReportInputs inputs) implements Resolution {}

    /** Something is not; all that is wrong, in the order of the fields. */
    record Unresolved(List<Violation> violations) implements Resolution {
      public Unresolved {
        violations = List.copyOf(violations);
      }
    }
  }

  /**
   * Reads the step's inputs and follows their references to the outputs of other steps.
   *
   * <p>Outputs count, not statuses: which steps must have ended first is what {@code dependsOn}
   * says, and a step that wrote its artifact in an earlier life still has it.
   *
   * @param maxPreviousReports how many different previous reports a step may name
   */
  public static Resolution resolve(FlowRun run, FlowStep step, int maxPreviousReports) {
    return new LLMReportInputsReader(run, step).read(maxPreviousReports);
  }

  static boolean isPromptId(String text) {
    return PROMPT_ID.matcher(text).matches();
  }

  /** Leaves the profile out: its unknown keys can hold anything. */
  @Override
  public String toString() {
    return "LLMReportInputs[" + promptId + ", previousReports=" + previousReports.size() + "]";
  }
}

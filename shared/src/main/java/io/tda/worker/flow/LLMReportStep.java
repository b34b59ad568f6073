package io.tda.worker.flow;

import io.tda.worker.flow.LLMReportInputs.Resolution;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An LLM_REPORT step with everything that its execution needs from the run document.
 *
 * @param symbol 1 to 64 visible characters, no slash: it becomes part of the prompt and of a file
 *     name
 * @param flowKey for logs and the report's metadata; null where the run has none
 */
public record LLMReportStep(
    StepKey key,
    Timeframe timeframe,
    String symbol,
    @Nullable String flowKey,
    LLMReportInputs inputs) {
  private static final int MAX_SYMBOL_LENGTH = 64;

  /** What a symbol has to look like, for messages. */
  public static final String SYMBOL_RULE =
      "must have 1 to 64 characters, no slash, white space or invisible character";

  public LLMReportStep {
    if (!isSymbol(symbol)) {
      throw new IllegalArgumentException("symbol " + SYMBOL_RULE);
    }
  }

  /** What became of a step. */
  public sealed interface Result {

    /** It can be executed. */
    record Valid(LLMReportStep step) implements Result {}

    /** It cannot, whoever tries: all that is wrong with it. */
    record Invalid(List<Violation> violations) implements Result {
      public Invalid {
        violations = List.copyOf(violations);
      }
    }
  }

  /**
   * Reads a step of the run.
   *
   * @param maxPreviousReports how many different previous reports the step may name
   */
  public static Result of(FlowRun run, FlowStep step, int maxPreviousReports) {
    var violations = new ArrayList<Violation>();
    var symbol = symbol(run, violations);
    var timeframe = timeframe(step, violations);
    var resolution = LLMReportInputs.resolve(run, step, maxPreviousReports);
    if (resolution instanceof Resolution.Unresolved(var more)) {
      violations.addAll(more);
    }
    if (symbol == null
        || timeframe == null
        || !(resolution instanceof Resolution.Resolved(var inputs))) {
      return new Result.Invalid(violations);
    }
    var key = new StepKey(run.id(), step.id());
    return new Result.Valid(new LLMReportStep(key, timeframe, symbol, run.flowKey(), inputs));
  }

  private static @Nullable String symbol(FlowRun run, List<Violation> violations) {
    var symbol = run.symbol();
    if (symbol != null && isSymbol(symbol)) {
      return symbol;
    }
    violations.add(new Violation("/scope/symbol", SYMBOL_RULE));
    return null;
  }

  private static @Nullable Timeframe timeframe(FlowStep step, List<Violation> violations) {
    var pointer = step.pointer() + "/timeframe";
    var timeframe =
        step.fields().get("timeframe") instanceof String text
            ? Timeframe.parse(text).orElse(null)
            : null;
    if (timeframe == null) {
      violations.add(new Violation(pointer, Timeframe.RULE));
    } else if (timeframe.isContradictedBy(step.id())) {
      violations.add(new Violation(pointer, "differs from the timeframe in the step id"));
      return null;
    }
    return timeframe;
  }

  private static boolean isSymbol(String text) {
    var length = text.codePointCount(0, text.length());
    return length >= 1
        && length <= MAX_SYMBOL_LENGTH
        && text.codePoints().allMatch(LLMReportStep::isVisible);
  }

  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> codePoint != '/';
    };
  }
}

package io.tda.worker.config;

import io.tda.worker.id.RunId;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which of all valid run ids this environment takes. */
public final class RunIdFilter {
  /** Takes all. */
  public static final RunIdFilter ALL = new RunIdFilter(null);

  private final @Nullable Pattern pattern;

  private RunIdFilter(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /** Takes the ids that match as a whole. */
  public static RunIdFilter matching(Pattern pattern) {
    return new RunIdFilter(pattern);
  }

  /** Whether runs with this id are handled. */
  public boolean accepts(RunId id) {
    return pattern == null || pattern.matcher(id.value()).matches();
  }

  @Override
  public String toString() {
    return "RunIdFilter[" + (pattern == null ? "all" : pattern.pattern()) + "]";
  }
}

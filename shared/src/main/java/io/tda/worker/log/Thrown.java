package io.tda.worker.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be logged of one exception. Its message is left out on purpose: it may hold payload.
 *
 * @param frames the innermost calls, at most {@value #MAX_FRAMES}
 */
public record Thrown(String className, List<String> frames) {
  private static final int MAX_FRAMES = 30;
  private static final int MAX_CAUSES = 5;

  public Thrown {
    frames = List.copyOf(frames);
  }

  /** An exception and its causes, outermost first, at most {@value #MAX_CAUSES}. */
  static List<Thrown> chain(@Nullable Throwable outermost) {
    var chain = new ArrayList<Thrown>();
    try {
      for (var next = outermost;
          next != null && chain.size() < MAX_CAUSES;
          next = next.getCause()) {
        chain.add(new Thrown(next.getClass().getName(), frames(next)));
      }
    } catch (RuntimeException _) {
      // An exception that cannot even be asked for its cause: what was found so far has to do.
    }
    return chain;
  }

  private static List<String> frames(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(MAX_FRAMES)
        .map(StackTraceElement::toString)
        .toList();
  }

  Map<String, Object> toMap() {
    return Fields.of("class", className).with("frames", frames).map();
  }
}

package io.tda.worker.local.sim;

import io.tda.worker.store.Patch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents in few words, for the trace. */
final class TraceText {
  private TraceText() {}

  /** The fields of a lease that tell its story. */
  static String lease(Map<String, Object> data) {
    return data.get("state")
        + " by "
        + data.get("executorId")
        + " claim "
        + tail(data.get("claimId"))
        + " attempt "
        + data.get("attempt")
        + " calls "
        + data.get("modelCalls")
        + " until "
        + data.get("expiresAt");
  }

  /** The fields of a patch that tell its story. */
  static String patch(Patch patch) {
    var text = new StringBuilder();
    patch
        .set()
        .forEach((path, value) -> {
          var last = path.segments().getLast();
          switch (last) {
            case "status", "state", "executorId", "attempt", "modelCalls", "expiresAt" ->
                text.append(last).append('=').append(value).append(' ');
            case "claimId" -> text.append("claim=").append(tail(value)).append(' ');
            case "error" ->
                text.append("error=").append(value instanceof Map<?, ?> e ? e.get("code") : value);
            default -> {}
          }
        });
    return text.toString().strip();
  }

  private static String tail(@Nullable Object id) {
    var text = String.valueOf(id);
    return text.substring(Math.max(0, text.length() - 6));
  }
}

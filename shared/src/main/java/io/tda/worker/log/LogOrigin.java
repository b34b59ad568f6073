package io.tda.worker.log;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where log lines come from; the same for every line of a process.
 *
 * @param env such as {@code prod}
 * @param version of the build
 * @param projectId of the Google Cloud project that keeps the traces; null where there is none
 */
public record LogOrigin(
    String env, Component component, String version, @Nullable String projectId) {
  /** The value of {@code service} in every line. */
  static final String SERVICE = "worker_llm_client";

  /** Which of the services. */
  public enum Component {
    DISPATCHER,
    EXECUTOR;

    /** The component's name in a log line. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

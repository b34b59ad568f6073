package io.tda.worker.executor.adapter.gemini;

import java.util.regex.Pattern;

/** How the worker proves to the model API who it is. */
public sealed interface GeminiAuth {

  /**
   * A key of Google AI Studio.
   *
   * @param key printable ASCII without blanks: HTTP libraries quote any other header value in the
   *     message of their exception
   */
  record ApiKey(String key) implements GeminiAuth {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]+");

    public ApiKey {
      if (!FORM.matcher(key).matches()) {
        throw new IllegalArgumentException("an API key is printable ASCII without blanks");
      }
    }

    @Override
    public String toString() {
      return "ApiKey[****]";
    }
  }

  /**
   * Vertex AI with the service account's own credentials.
   *
   * @param location a region, a multi-region, or {@code global}
   */
  record VertexAdc(String project, String location) implements GeminiAuth {
    private static final Pattern LOCATION = Pattern.compile("[a-z][a-z0-9-]*");

    public VertexAdc {
      if (project.isBlank() || !LOCATION.matcher(location).matches()) {
        throw new IllegalArgumentException("Vertex AI needs a project and a location");
      }
    }

    /** The API's address for the location. */
    String defaultBaseUrl() {
      return switch (location) {
        case "global" -> "https://aiplatform.googleapis.com";
        case "us", "eu" -> "https://aiplatform." + location + ".rep.googleapis.com";
        default -> "https://" + location + "-aiplatform.googleapis.com";
      };
    }
  }
}

package io.tda.worker.log;

import io.tda.worker.artifact.GcsUri;
import java.time.Duration;
import java.util.Map;

/** What a report is made from: prompt, artifacts, images, and the text assembled from them. */
public sealed interface ContextEvent extends LogEvent {

  /** What an artifact is needed for. */
  enum Kind {
    OHLCV,
    CHARTS_MANIFEST,
    PREVIOUS_REPORT,
    CHART_IMAGE
  }

  /** The prompt is looked up. */
  record PromptFetchStarted(String promptId) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("promptId", promptId).map();
    }
  }

  /** The prompt is there, or is missing or malformed. */
  record PromptFetchFinished(boolean ok, boolean cached) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("ok", ok).with("cached", cached).map();
    }
  }

  /** The step's references are followed. */
  record ContextResolveStarted() implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.none();
    }
  }

  /**
   * All references were followed, or one could not be.
   *
   * @param artifacts how many were read
   */
  record ContextResolveFinished(boolean ok, int artifacts) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("ok", ok).with("artifacts", artifacts).map();
    }
  }

  /** An artifact is read. */
  record GcsReadStarted(GcsUri uri, Kind kind) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).with("kind", kind).map();
    }
  }

  /**
   * An artifact was read, or could not be.
   *
   * @param bytes what was fetched; 0 where nothing was
   */
  record GcsReadFinished(GcsUri uri, Kind kind, boolean ok, long bytes, Duration duration)
      implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri)
          .with("kind", kind)
          .with("ok", ok)
          .with("bytes", bytes)
          .with("durationMs", duration)
          .map();
    }
  }

  /**
   * An artifact is not the JSON it should be.
   *
   * @param reason place and rule, never the value
   */
  record ContextJsonInvalid(GcsUri uri, Kind kind, String reason) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).with("kind", kind).with("reason", reason).map();
    }
  }

  /** A JSON artifact is over its limit. */
  record ContextJsonTooLarge(GcsUri uri, Kind kind, long bytes, long limitBytes)
      implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri)
          .with("kind", kind)
          .with("bytes", bytes)
          .with("limitBytes", limitBytes)
          .map();
    }
  }

  /** The charts manifest names these many usable images. */
  record ChartsManifestParsed(int chartsCount) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("chartsCount", chartsCount).map();
    }
  }

  /** The charts manifest names no usable image; the report is made from text alone. */
  record ChartsManifestNoImages(GcsUri uri) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).map();
    }
  }

  /** An image is over its limit. */
  record ChartImageTooLarge(GcsUri uri, long bytes, long limitBytes) implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("gcs_uri", uri).with("bytes", bytes).with("limitBytes", limitBytes).map();
    }
  }

  /** The text for the model is assembled. */
  record UserInputBuilt(int chartsCount, int previousReportsCount, int textChars)
      implements ContextEvent {
    @Override
    public Map<String, Object> fields() {
      return Fields.of("chartsCount", chartsCount)
          .with("previousReportsCount", previousReportsCount)
          .with("textChars", textChars)
          .map();
    }
  }

  @Override
  default String name() {
    return switch (this) {
      case PromptFetchStarted _ -> "prompt_fetch_started";
      case PromptFetchFinished _ -> "prompt_fetch_finished";
      case ContextResolveStarted _ -> "context_resolve_started";
      case ContextResolveFinished _ -> "context_resolve_finished";
      case GcsReadStarted _ -> "gcs_read_started";
      case GcsReadFinished _ -> "gcs_read_finished";
      case ContextJsonInvalid _ -> "context_json_invalid";
      case ContextJsonTooLarge _ -> "context_json_too_large";
      case ChartsManifestParsed _ -> "charts_manifest_parsed";
      case ChartsManifestNoImages _ -> "charts_manifest_no_images";
      case ChartImageTooLarge _ -> "chart_image_too_large";
      case UserInputBuilt _ -> "user_input_built";
    };
  }

  @Override
  default Severity severity() {
    return switch (this) {
      case PromptFetchStarted _, ContextResolveStarted _, GcsReadStarted _ -> Severity.DEBUG;
      case PromptFetchFinished finished -> Severity.infoIf(finished.ok());
      case ContextResolveFinished finished -> Severity.infoIf(finished.ok());
      case GcsReadFinished finished -> Severity.infoIf(finished.ok());
      case ChartsManifestParsed _, UserInputBuilt _ -> Severity.INFO;
      case ContextJsonInvalid _,
          ContextJsonTooLarge _,
          ChartsManifestNoImages _,
          ChartImageTooLarge _ ->
          Severity.WARNING;
    };
  }
}

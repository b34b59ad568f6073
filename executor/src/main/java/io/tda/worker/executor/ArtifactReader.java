package io.tda.worker.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.ContentResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.json.StrictJson;
import io.tda.worker.log.ContextEvent.ChartImageTooLarge;
import io.tda.worker.log.ContextEvent.ContextJsonInvalid;
import io.tda.worker.log.ContextEvent.ContextJsonTooLarge;
import io.tda.worker.log.ContextEvent.GcsReadFinished;
import io.tda.worker.log.ContextEvent.GcsReadStarted;
import io.tda.worker.log.ContextEvent.Kind;
import io.tda.worker.log.EventLogger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/** Reads the artifacts that a report is made from, within their limits, and says so in the log. */
final class ArtifactReader {
  private final ArtifactStore artifacts;
  private final InstantSource clock;
  private final EventLogger log;

  ArtifactReader(ArtifactStore artifacts, InstantSource clock, EventLogger log) {
    this.artifacts = artifacts;
    this.clock = clock;
    this.log = log;
  }

  /** Reads an artifact that has to be there. Store faults are thrown as {@code StepException}. */
  Loaded<byte[]> read(ReportTask task, GcsUri uri, Kind kind, long maxBytes) {
    if (!task.mayRead()) {
      return new Loaded.Refused<>(
          StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "no time left to read the inputs"));
    }
    log.log(new GcsReadStarted(uri, kind), task.context());
    var started = clock.instant();
    ContentResult result;
    try {
      result = artifacts.content(uri, maxBytes);
    } catch (StepException e) {
      finished(task, uri, kind, false, 0, started);
      throw e;
    }
    return switch (result) {
      case ContentResult.Content(var content) -> {
        finished(task, uri, kind, true, content.length, started);
        yield new Loaded.Value<>(content);
      }
      case ContentResult.Missing() -> {
        finished(task, uri, kind, false, 0, started);
        yield refused("an input artifact does not exist", uri, kind);
      }
      case ContentResult.TooLarge(var bytes) -> {
        finished(task, uri, kind, false, 0, started);
        yield tooLarge(task, uri, kind, bytes, maxBytes);
      }
    };
  }

  /** Reads a JSON artifact that has to be there. */
  Loaded<JsonNode> readJson(ReportTask task, GcsUri uri, Kind kind, long maxBytes) {
    return read(task, uri, kind, maxBytes)
        .then(content ->
            switch (StrictJson.parse(content)) {
              case StrictJson.Result.Parsed(var value) -> new Loaded.Value<>(value);
              case StrictJson.Result.Malformed(var reason) -> {
                log.log(new ContextJsonInvalid(uri, kind, reason), task.context());
                yield refused("an input artifact is not valid JSON", uri, kind);
              }
            });
  }

  private <T> Loaded<T> tooLarge(
      ReportTask task, GcsUri uri, Kind kind, long bytes, long limitBytes) {
    log.log(
        kind == Kind.CHART_IMAGE
            ? new ChartImageTooLarge(uri, bytes, limitBytes)
            : new ContextJsonTooLarge(uri, kind, bytes, limitBytes),
        task.context());
    return new Loaded.Refused<>(
        StepError.of(
            ErrorCode.INVALID_STEP_INPUTS,
            "an input artifact is larger than its limit",
            Map.of(
                "kind",
                name(kind),
                "uri",
                uri.toString(),
                "bytes",
                bytes,
                "limitBytes",
                limitBytes)));
  }

  private void finished(
      ReportTask task, GcsUri uri, Kind kind, boolean ok, long bytes, Instant started) {
    log.log(
        new GcsReadFinished(uri, kind, ok, bytes, Duration.between(started, clock.instant())),
        task.context());
  }

  /** The step's inputs are at fault: it names the artifact, never its content. */
  static <T> Loaded<T> refused(String message, GcsUri uri, Kind kind) {
    return new Loaded.Refused<>(
        StepError.of(
            ErrorCode.INVALID_STEP_INPUTS,
            message,
            Map.of("kind", name(kind), "uri", uri.toString())));
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}

package io.tda.worker.executor;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.config.Limits;
import io.tda.worker.executor.StepContext.ChartImage;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.LLMReportInputs;
import io.tda.worker.flow.LLMReportInputs.PreviousReport;
import io.tda.worker.flow.StepError;
import io.tda.worker.llm.ChartsManifest;
import io.tda.worker.llm.ChartsManifest.Chart;
import io.tda.worker.llm.ContextJson;
import io.tda.worker.llm.ImageType;
import io.tda.worker.llm.InlineImage;
import io.tda.worker.llm.UserInput;
import io.tda.worker.log.ContextEvent.ChartsManifestNoImages;
import io.tda.worker.log.ContextEvent.ChartsManifestParsed;
import io.tda.worker.log.ContextEvent.ContextJsonInvalid;
import io.tda.worker.log.ContextEvent.ContextResolveFinished;
import io.tda.worker.log.ContextEvent.ContextResolveStarted;
import io.tda.worker.log.ContextEvent.Kind;
import io.tda.worker.log.EventLogger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Loads what a step refers to, all at once but for the images, whose names are in the manifest: two
 * artifact reads in a row, however many there are.
 */
final class ContextLoader {
  private final ArtifactReader reader;
  private final Limits limits;
  private final Forks forks;
  private final EventLogger log;

  ContextLoader(ArtifactReader reader, Limits limits, Forks forks, EventLogger log) {
    this.reader = reader;
    this.limits = limits;
    this.forks = forks;
    this.log = log;
  }

  /** Loads everything, or says what is wrong with the first input that is not usable. */
  Loaded<StepContext> load(ReportTask task, LLMReportInputs inputs) {
    log.log(new ContextResolveStarted(), task.context());
    var reports =
        inputs.previousReports().stream()
            .map(report -> forks.fork(() -> previousReport(task, report)))
            .toList();
    var ohlcv = forks.fork(() -> json(task, inputs.ohlcv(), Kind.OHLCV));
    var charts = charts(task, inputs.chartsManifest());
    var context =
        ohlcv
            .get()
            .then(candles ->
                charts.then(images ->
                    all(reports)
                        .then(previous ->
                            new Loaded.Value<>(
                                new StepContext(
                                    new UserInput.Artifact(inputs.ohlcv(), candles),
                                    images,
                                    previous)))));
    logFinished(task, context);
    return context;
  }

  private void logFinished(ReportTask task, Loaded<StepContext> context) {
    var finished =
        switch (context) {
          case Loaded.Value<StepContext>(var value) ->
              new ContextResolveFinished(true, value.artifacts());
          case Loaded.Refused<StepContext> _ -> new ContextResolveFinished(false, 0);
        };
    log.log(finished, task.context());
  }

  private Loaded<UserInput.PreviousReport> previousReport(ReportTask task, PreviousReport report) {
    return json(task, report.uri(), Kind.PREVIOUS_REPORT)
        .then(content -> new Loaded.Value<>(new UserInput.PreviousReport(report, content)));
  }

  private Loaded<ContextJson> json(ReportTask task, GcsUri uri, Kind kind) {
    return reader
        .read(task, uri, kind, limits.maxContextBytes())
        .then(content ->
            switch (ContextJson.parse(content)) {
              case ContextJson.Result.Parsed(var json) -> new Loaded.Value<>(json);
              case ContextJson.Result.Malformed(var reason) -> {
                log.log(new ContextJsonInvalid(uri, kind, reason), task.context());
                yield ArtifactReader.refused("an input artifact is not valid JSON", uri, kind);
              }
            });
  }

  private Loaded<List<ChartImage>> charts(ReportTask task, GcsUri uri) {
    return reader
        .readJson(task, uri, Kind.CHARTS_MANIFEST, limits.maxContextBytes())
        .then(json ->
            switch (ChartsManifest.parse(json)) {
              case ChartsManifest.Result.Parsed(var manifest) -> images(task, uri, manifest);
              case ChartsManifest.Result.Malformed(var violation) -> {
                log.log(
                    new ContextJsonInvalid(uri, Kind.CHARTS_MANIFEST, violation.toString()),
                    task.context());
                yield ArtifactReader.refused(
                    "the charts manifest is malformed", uri, Kind.CHARTS_MANIFEST);
              }
            });
  }

  private Loaded<List<ChartImage>> images(ReportTask task, GcsUri uri, ChartsManifest manifest) {
    log.log(new ChartsManifestParsed(manifest.charts().size()), task.context());
    if (manifest.charts().isEmpty()) {
      log.log(new ChartsManifestNoImages(uri), task.context());
      return new Loaded.Value<>(List.of());
    }
    if (manifest.charts().size() > limits.maxImages()) {
      return tooMuch("images", manifest.charts().size(), limits.maxImages());
    }
    var forked =
        manifest.charts().stream().map(chart -> forks.fork(() -> image(task, chart))).toList();
    return all(forked)
        .then(images -> {
          long bytes = images.stream().mapToLong(it -> it.image().content().length).sum();
          return bytes > limits.maxInlineBytes()
              ? tooMuch("imageBytes", bytes, limits.maxInlineBytes())
              : new Loaded.Value<>(images);
        });
  }

  private Loaded<ChartImage> image(ReportTask task, Chart chart) {
    return reader
        .read(task, chart.uri(), Kind.CHART_IMAGE, limits.maxChartBytes())
        .then(content ->
            ImageType.of(content)
                .<Loaded<ChartImage>>map(type ->
                    new Loaded.Value<>(
                        new ChartImage(
                            chart.uri(),
                            chart.description(),
                            new InlineImage(type.mimeType(), content))))
                .orElseGet(() ->
                    ArtifactReader.refused(
                        "a chart is no PNG, JPEG or WEBP image", chart.uri(), Kind.CHART_IMAGE)));
  }

  /** All of them, or the first that is refused. Every one is waited for. */
  private static <T> Loaded<List<T>> all(List<Supplier<Loaded<T>>> forked) {
    var results = forked.stream().map(Supplier::get).toList();
    var values = new ArrayList<T>(results.size());
    for (var result : results) {
      switch (result) {
        case Loaded.Value<T>(var value) -> values.add(value);
        case Loaded.Refused<T>(var error) -> {
          return new Loaded.Refused<>(error);
        }
      }
    }
    return new Loaded.Value<>(values);
  }

  private static <T> Loaded<T> tooMuch(String what, long count, long limit) {
    return new Loaded.Refused<>(
        StepError.of(
            ErrorCode.INVALID_STEP_INPUTS,
            "the charts are over a limit of the request",
            Map.of("limit", what, "count", count, "max", limit)));
  }
}

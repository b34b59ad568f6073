package io.tda.worker.local;

import com.google.auth.oauth2.GoogleCredentials;
import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.flow.StepException;
import io.tda.worker.local.smoke.FileLogSource;
import io.tda.worker.local.smoke.LogSource;
import io.tda.worker.local.smoke.LogSourceException;
import io.tda.worker.local.smoke.LoggingApi;
import io.tda.worker.local.smoke.Smoke;
import io.tda.worker.local.smoke.SmokeCase;
import io.tda.worker.local.smoke.SmokeCases;
import io.tda.worker.local.smoke.SmokeData;
import io.tda.worker.time.ThreadSleeper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks from outside whether a deployed worker works. */
@Command(
    name = "smoke",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks whether a worker works: stores four runs and what they need, makes their steps READY,",
      "and compares steps, reports and log events with what they have to be. One of them asks the",
      "model for a report, one gets too few tokens for it, two must not ask at all.",
      "What a case stored is deleted when it has passed. Exit code 1 if one has not.",
      ""
    })
final class SmokeCommand implements Callable<Integer> {
  private static final String USUAL_MODEL = "gemini-2.5-flash";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = {
        "a folder of terraform/envs, as ./worker deploy has it, or local for the dev stack of this",
        "checkout (default: the project of GOOGLE_CLOUD_PROJECT, else the dev stack)"
      })
  private @Nullable String env;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "how long all cases may take (default: 600)")
  private int timeout;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "which model is asked (default: the first that may be, else " + USUAL_MODEL + ")")
  private @Nullable String model;

  @Option(
      names = "--keep",
      description =
          "delete no document afterwards; objects are left to the bucket's lifecycle in any case")
  private boolean keep;

  @Option(names = "--json", description = "the result as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (timeout < 1) {
      throw new ParameterException(spec.commandLine(), "--timeout: at least 1 second");
    }
    var target = SmokeTarget.of(env, System.getenv());
    Output.of(spec.commandLine()).withLibraryLogs();
    var started = Instant.now();
    say("smoke: %s, bucket %s".formatted(target.title(), target.get("ARTIFACTS_BUCKET", "")));
    var log = log(target, started);
    say("       log from " + log.title());
    var cases = cases(target, started);
    try (var stack = StackChoice.open(target.variables())) {
      var data = new SmokeData(stack.documents(), stack.artifacts(), stack.runsCollection());
      var surroundings =
          new Smoke.Surroundings(
              InstantSource.system(), new ThreadSleeper(), Duration.ofSeconds(timeout));
      return finish(new Smoke(data, log, surroundings).run(cases), data).code();
    } catch (StepException | LogSourceException e) {
      cases.forEach(each -> say("  left: run " + each.step().runId()));
      throw new CliException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static LogSource log(SmokeTarget target, Instant started) {
    var file = target.get(StackLog.VARIABLE, "");
    if (!file.isEmpty()) {
      return new FileLogSource(Path.of(file));
    }
    try {
      var credentials =
          GoogleCredentials.getApplicationDefault()
              .createScoped("https://www.googleapis.com/auth/logging.read");
      var project = target.get("GOOGLE_CLOUD_PROJECT", "");
      // A clock that is a minute ahead of Google's must not hide the first lines.
      var since = started.minus(Duration.ofMinutes(1));
      return new LoggingApi(LoggingApi.GOOGLE, credentials, project, since);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.UNAVAILABLE,
          "no Google credentials are there: gcloud auth application-default login");
    }
  }

  private List<SmokeCase> cases(SmokeTarget target, Instant started) throws IOException {
    var bucket = target.get("ARTIFACTS_BUCKET", "");
    var reports =
        ArtifactPathPolicy.of(bucket, target.get("ARTIFACTS_PREFIX", ""))
            .orElseThrow(() ->
                new CliException(
                    ExitCode.BAD_CONFIGURATION, "ARTIFACTS_BUCKET or its prefix is not valid"));
    var place =
        new SmokeCases.Place(
            bucket,
            reports,
            target.get("FLOW_RUNS_COLLECTION", "flow_runs"),
            target.get("LLM_PROMPTS_COLLECTION", "llm_prompts"),
            target.get("LLM_SCHEMAS_COLLECTION", "llm_schemas"));
    var random = String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24));
    var asked = model == null ? target.model(USUAL_MODEL) : model;
    return new SmokeCases(place, TIME.format(started) + random, asked, ExampleRun.chart()).all();
  }

  private ExitCode finish(List<Smoke.Verdict> verdicts, SmokeData data) {
    if (json) {
      spec.commandLine().getOut().println(SmokeReport.json(verdicts));
    } else {
      SmokeReport.text(verdicts, spec.commandLine().getOut());
    }
    verdicts.forEach(verdict -> clearUp(verdict, data));
    boolean good = verdicts.stream().allMatch(Smoke.Verdict::isGood);
    return good ? ExitCode.OK : ExitCode.STEP_FAILED;
  }

  /** What a case that failed has left is evidence. */
  private void clearUp(Smoke.Verdict verdict, SmokeData data) {
    var run = verdict.smokeCase().step().runId();
    if (keep || !verdict.isGood()) {
      say("  left: run %s and what it names".formatted(run));
      return;
    }
    data.clearUp(verdict.smokeCase());
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}

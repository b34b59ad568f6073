package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.LLMReportStep;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.Violation;
import io.tda.worker.llm.LLMErrors;
import io.tda.worker.llm.LLMProfile;
import io.tda.worker.llm.LLMProfileParser;
import io.tda.worker.llm.LLMPrompt;
import io.tda.worker.llm.LLMSchema;
import io.tda.worker.log.ContextEvent.UserInputBuilt;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.ProfileEvent.LlmProfileKeysIgnored;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a report: checks all that can be checked before money is spent, asks the model, writes the
 * answer once. Where an earlier attempt left a report, that one is taken instead.
 */
final class ReportPipeline implements ReportMaker {
  private final Registry registry;
  private final ContextLoader contexts;
  private final ModelSession model;
  private final ReportWriter writer;
  private final ArtifactStore artifacts;
  private final Settings settings;
  private final EventLogger log;

  /**
   * What a report is made under.
   *
   * @param paths where reports go
   * @param profiles which profiles are accepted
   * @param authMode for the step's document
   */
  record Settings(
      ArtifactPathPolicy paths,
      LLMProfileParser profiles,
      int maxPreviousReports,
      String authMode,
      Forks forks,
      InstantSource clock) {}

  ReportPipeline(
      Registry registry,
      ContextLoader contexts,
      ModelSession model,
      ReportWriter writer,
      ArtifactStore artifacts,
      Settings settings,
      EventLogger log) {
    this.registry = registry;
    this.contexts = contexts;
    this.model = model;
    this.writer = writer;
    this.artifacts = artifacts;
    this.settings = settings;
    this.log = log;
  }

  @Override
  public Draft begin(ReportTask task) {
    return switch (LLMReportStep.of(task.run(), task.step(), settings.maxPreviousReports())) {
      case LLMReportStep.Result.Invalid(var violations) -> _ -> refused(invalidInputs(violations));
      case LLMReportStep.Result.Valid(var step) -> begin(task, step);
    };
  }

  private Draft begin(ReportTask task, LLMReportStep step) {
    if (!task.budget().mayStartCall()) {
      return _ ->
          refused(StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "no time left to read the inputs"));
    }
    var uri = settings.paths().report(step.key(), step.timeframe());
    return switch (settings.profiles().parse(step.inputs().llmProfile())) {
      case LLMProfileParser.Result.Invalid(var violations) -> {
        var error = LLMErrors.profileInvalid(below(task.step(), violations));
        // What is already paid for must not fail over an input.
        yield job -> artifacts.find(uri).isPresent() ? reuse(job, uri) : refused(error);
      }
      case LLMProfileParser.Result.Valid(var profile, var ignoredKeys) -> {
        if (!ignoredKeys.isEmpty()) {
          log.log(new LlmProfileKeysIgnored(ignoredKeys), task.context());
        }
        var inputs = read(task, step, profile);
        yield job -> make(job, uri, inputs).forModel(profile.modelName());
      }
    };
  }

  private Inputs read(ReportTask task, LLMReportStep step, LLMProfile profile) {
    var inputs = step.inputs();
    var forks = settings.forks();
    return new Inputs(
        step,
        profile,
        forks.fork(() -> registry.prompt(task, inputs.promptId())),
        forks.fork(() -> registry.schema(task, profile.structuredOutput())),
        forks.fork(() -> contexts.load(task, inputs)));
  }

  private ReportResult make(ReportJob job, GcsUri uri, Inputs inputs) {
    try {
      // Looked for by who holds the lease: else a report could come in between, and be paid again.
      if (artifacts.find(uri).isPresent()) {
        return reuse(job, uri);
      }
      if (model.isSpent(job)) {
        return refused(spent(job));
      }
      return ask(job, uri, inputs.assignment());
    } catch (StepException e) {
      return refused(e.error());
    }
  }

  /**
   * What a report is made from, read at the same time. The first that is refused speaks for all, in
   * this order.
   */
  private record Inputs(
      LLMReportStep step,
      LLMProfile profile,
      Supplier<Loaded<LLMPrompt>> prompt,
      Supplier<Loaded<LLMSchema>> schema,
      Supplier<Loaded<StepContext>> context) {

    /** Waits for all of it. */
    Loaded<ReportAssignment> assignment() {
      var found = prompt.get();
      var shape = schema.get();
      var artifacts = context.get();
      return found.then(p ->
          shape.then(s ->
              artifacts.then(
                  c -> new Loaded.Value<>(new ReportAssignment(step, p, profile, s, c)))));
    }
  }

  private ReportResult reuse(ReportJob job, GcsUri uri) {
    return switch (writer.reuse(job, uri)) {
      case Loaded.Refused<ReportWriter.Stored>(var error) -> refused(error);
      case Loaded.Value<ReportWriter.Stored>(var stored) ->
          new ReportResult.Made(stored.object(), 0, null, stored.file().request().modelName());
    };
  }

  private ReportResult ask(ReportJob job, GcsUri uri, Loaded<ReportAssignment> loaded) {
    return switch (loaded) {
      case Loaded.Refused<ReportAssignment>(var error) -> refused(error);
      case Loaded.Value<ReportAssignment>(var assignment) -> ask(job, uri, assignment);
    };
  }

  private ReportResult ask(ReportJob job, GcsUri uri, ReportAssignment assignment) {
    var request = assignment.request();
    log.log(
        new UserInputBuilt(
            assignment.context().charts().size(),
            assignment.context().previousReports().size(),
            request.userText().length()),
        job.context());
    var result = model.ask(job, request, assignment.schema());
    var calls = result.tally().calls();
    var use = result.tally().use(assignment, settings.authMode());
    return switch (result) {
      case ModelSession.Result.Unanswered(var error, _) ->
          new ReportResult.NotMade(error, calls, use, null);
      case ModelSession.Result.Answered answered ->
          switch (write(job, uri, assignment, answered)) {
            case Loaded.Value<ReportWriter.Stored>(var stored) ->
                new ReportResult.Made(stored.object(), calls, use, null);
            case Loaded.Refused<ReportWriter.Stored>(var error) ->
                new ReportResult.NotMade(error, calls, use, null);
          };
    };
  }

  private Loaded<ReportWriter.Stored> write(
      ReportJob job,
      GcsUri uri,
      ReportAssignment assignment,
      ModelSession.Result.Answered answered) {
    try {
      return writer.write(job, uri, file(job, assignment, answered));
    } catch (StepException e) {
      return new Loaded.Refused<>(e.error());
    }
  }

  private LLMReportFile file(
      ReportJob job, ReportAssignment assignment, ModelSession.Result.Answered answered) {
    var inputs = assignment.step().inputs();
    var schema = assignment.schema();
    return new LLMReportFile(
        LLMReportFile.Subject.of(assignment.step()),
        new LLMReportFile.Request(
            assignment.prompt().promptId(),
            new LLMReportFile.SchemaRef(
                schema.id().value(), schema.id().schemaVersion(), schema.sha256()),
            assignment.profile().modelName(),
            assignment.profile().snapshot()),
        answered.tally().answer(answered.response()),
        new LLMReportFile.Inputs(
            inputs.ohlcv(),
            inputs.chartsManifest(),
            assignment.context().charts().stream().map(StepContext.ChartImage::uri).toList(),
            inputs.previousReports().stream().map(report -> report.uri()).toList()),
        job.claim().id(),
        settings.clock().instant(),
        answered.output());
  }

  private static StepError invalidInputs(List<Violation> violations) {
    var details = new LinkedHashMap<String, Object>();
    details.put("violations", violations.stream().map(Violation::toString).toList());
    return StepError.of(ErrorCode.INVALID_STEP_INPUTS, violations.getFirst().toString(), details);
  }

  private static StepError spent(ReportJob job) {
    var lastError = job.lease().current().value().lastError();
    var code = lastError == null ? ErrorCode.LEASE_EXPIRED : lastError;
    return StepError.of(code, "the claim has used up its model calls").terminal();
  }

  /** The profile's own pointers start at the step; in the run's document the step has a place. */
  private static List<Violation> below(FlowStep step, List<Violation> violations) {
    return violations.stream()
        .map(it -> new Violation(step.pointer() + it.pointer(), it.rule()))
        .toList();
  }

  private static ReportResult refused(StepError error) {
    return new ReportResult.NotMade(error, 0, null, null);
  }
}

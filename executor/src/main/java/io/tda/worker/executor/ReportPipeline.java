package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.LLMReportFile;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.ErrorCode;
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
import java.util.Optional;
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
  public ReportResult make(ReportJob job) {
    return switch (LLMReportStep.of(job.run(), job.step(), settings.maxPreviousReports())) {
      case LLMReportStep.Result.Invalid(var violations) -> refused(invalidInputs(violations));
      case LLMReportStep.Result.Valid(var step) -> make(job, step);
    };
  }

  private ReportResult make(ReportJob job, LLMReportStep step) {
    if (!job.budget().mayStartCall()) {
      return refused(
          StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "no time left to read the inputs"));
    }
    var uri = settings.paths().report(step.key(), step.timeframe());
    var profile = settings.profiles().parse(step.inputs().llmProfile());
    // Looked for first and in any case: what is already paid for must not fail over an input.
    var earlier = settings.forks().fork(() -> artifacts.find(uri));
    if (!(profile instanceof LLMProfileParser.Result.Valid(var valid, var ignoredKeys))) {
      return earlier.get().isPresent() ? reuse(job, uri) : refused(profileError(job, profile));
    }
    if (!ignoredKeys.isEmpty()) {
      log.log(new LlmProfileKeysIgnored(ignoredKeys), job.context());
    }
    return make(job, new Plan(step, valid, uri, earlier)).forModel(valid.modelName());
  }

  /** What is to be made where, and whether it is there already. */
  private record Plan(
      LLMReportStep step,
      LLMProfile profile,
      GcsUri uri,
      Supplier<Optional<StoredObject>> earlier) {}

  private ReportResult make(ReportJob job, Plan plan) {
    try {
      return reuseOrAsk(job, plan);
    } catch (StepException e) {
      return refused(e.error());
    }
  }

  private ReportResult reuseOrAsk(ReportJob job, Plan plan) {
    var inputs = plan.step().inputs();
    var prompt = settings.forks().fork(() -> registry.prompt(job, inputs.promptId()));
    var schema =
        settings.forks().fork(() -> registry.schema(job, plan.profile().structuredOutput()));
    var context = settings.forks().fork(() -> contexts.load(job, inputs));
    if (plan.earlier().get().isPresent()) {
      return reuse(job, plan.uri());
    }
    if (model.isSpent(job)) {
      return refused(spent(job));
    }
    var parts = new Parts(prompt.get(), schema.get(), context.get());
    return ask(job, plan.uri(), parts.assignment(plan.step(), plan.profile()));
  }

  /** What was loaded at the same time. The first that is refused speaks for all, in this order. */
  private record Parts(
      Loaded<LLMPrompt> prompt, Loaded<LLMSchema> schema, Loaded<StepContext> context) {
    Loaded<ReportAssignment> assignment(LLMReportStep step, LLMProfile profile) {
      return prompt.then(p ->
          schema.then(s ->
              context.then(c -> new Loaded.Value<>(new ReportAssignment(step, p, profile, s, c)))));
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

  private static StepError profileError(ReportJob job, LLMProfileParser.Result profile) {
    return switch (profile) {
      case LLMProfileParser.Result.Invalid(var violations) ->
          LLMErrors.profileInvalid(below(job, violations));
      case LLMProfileParser.Result.Valid _ ->
          throw new IllegalStateException("a valid profile is no error");
    };
  }

  private static StepError spent(ReportJob job) {
    var lastError = job.lease().current().value().lastError();
    var code = lastError == null ? ErrorCode.LEASE_EXPIRED : lastError;
    return StepError.of(code, "the claim has used up its model calls").terminal();
  }

  /** The profile's own pointers start at the step; in the run's document the step has a place. */
  private static List<Violation> below(ReportJob job, List<Violation> violations) {
    return violations.stream()
        .map(it -> new Violation(job.step().pointer() + it.pointer(), it.rule()))
        .toList();
  }

  private static ReportResult refused(StepError error) {
    return new ReportResult.NotMade(error, 0, null, null);
  }
}

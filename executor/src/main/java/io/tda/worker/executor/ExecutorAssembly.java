package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.config.Limits;
import io.tda.worker.config.RawOutputCapture;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.StepFinalizer;
import io.tda.worker.lease.LeaseRepository;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMProfileParser;
import io.tda.worker.llm.PromptRepository;
import io.tda.worker.llm.SchemaRepository;
import io.tda.worker.llm.StructuredOutputValidator;
import io.tda.worker.log.EventLogger;
import io.tda.worker.time.Sleeper;
import io.tda.worker.time.Ticker;
import io.tda.worker.time.TimeBudgetPolicy;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Puts the executor's parts together: the same way in the service, in one process and in tests. */
public final class ExecutorAssembly {
  private ExecutorAssembly() {}

  /** The ports of the executor. */
  public record Ports(
      FlowRunRepository runs,
      LeaseRepository leases,
      PromptRepository prompts,
      SchemaRepository schemas,
      ArtifactStore artifacts,
      LLMClient model,
      EventLogger log) {}

  /** How reports are made and steps are given up. */
  public record Settings(
      ArtifactPathPolicy paths,
      Limits limits,
      LeaseConfig leases,
      DeliveryConfig deliveries,
      TimeBudgetPolicy budget,
      ModelAccess model,
      RawOutputCapture rawOutput) {}

  /**
   * How the model is used.
   *
   * @param allowed which models may be paid for
   * @param authMode for documents and logs
   * @param attempts calls for one answer, {@code GEMINI_MAX_ATTEMPTS}
   */
  public record ModelAccess(Predicate<String> allowed, String authMode, int attempts) {}

  /**
   * Time, randomness and threads, which a simulation replaces.
   *
   * @param executorIds a name for each delivery, different from all others of all processes
   */
  public record Surroundings(
      InstantSource clock,
      RandomGenerator random,
      Sleeper sleeper,
      Ticker ticker,
      Forks forks,
      Supplier<String> executorIds) {}

  /** An executor over these ports. */
  public static StepExecutor stepExecutor(
      Ports ports, Settings settings, Surroundings surroundings) {
    return executor(
        ports,
        settings,
        surroundings,
        pipeline(ports, settings, surroundings),
        settings.deliveries().maxDeliveryAttempts());
  }

  /** A handler of dead letters over these ports; it never calls the model. */
  public static DeadLetterHandler deadLetterHandler(
      Ports ports, Settings settings, Surroundings surroundings) {
    return deadLetterHandler(ports, settings, surroundings, UnaryOperator.identity());
  }

  /**
   * The same.
   *
   * @param around is put around the last delivery
   */
  public static DeadLetterHandler deadLetterHandler(
      Ports ports,
      Settings settings,
      Surroundings surroundings,
      UnaryOperator<DeliveryHandler> around) {
    var maker =
        new LeftReport(
            settings.paths(),
            ports.artifacts(),
            writer(ports),
            settings.limits().maxPreviousReports());
    // A fault of the store is never the reason why a step ends here: the letter comes again.
    var lastDelivery = executor(ports, settings, surroundings, maker, Integer.MAX_VALUE);
    return new DeadLetterHandler(around.apply(lastDelivery), ports.log());
  }

  private static StepExecutor executor(
      Ports ports,
      Settings settings,
      Surroundings surroundings,
      ReportMaker maker,
      int maxDeliveries) {
    var clock = surroundings.clock();
    var conclusion =
        new StepConclusion(
            new StepFinalizer(ports.runs(), surroundings.sleeper(), surroundings.random()),
            new StepConclusion.Limits(
                maxDeliveries,
                settings.deliveries().maxModelCalls(),
                settings.leases().dispatchLease()),
            clock,
            ports.log());
    return new StepExecutor(
        ports.leases(),
        maker,
        conclusion,
        new StepExecutor.Surroundings(
            clock, surroundings.ticker(), surroundings.forks(), surroundings.executorIds()),
        new StepExecutor.Terms(settings.leases().lease(), settings.budget()),
        ports.log());
  }

  private static ReportWriter writer(Ports ports) {
    return new ReportWriter(ports.artifacts(), ReportFileContract.load(), ports.log());
  }

  private static ReportPipeline pipeline(
      Ports ports, Settings settings, Surroundings surroundings) {
    var log = ports.log();
    var clock = surroundings.clock();
    var model =
        new ModelSession(
            ports.model(),
            new StructuredOutputValidator(settings.limits().maxOutputBytes()),
            new ModelSession.Policy(
                settings.model().attempts(), settings.deliveries().maxModelCalls()),
            new ModelSession.Surroundings(clock, surroundings.sleeper()),
            new RawOutputQuarantine(settings.rawOutput(), ports.artifacts(), log),
            log);
    return new ReportPipeline(
        new Registry(ports.prompts(), ports.schemas(), log),
        new ContextLoader(
            new ArtifactReader(ports.artifacts(), clock, log),
            settings.limits(),
            surroundings.forks(),
            log),
        model,
        writer(ports),
        ports.artifacts(),
        new ReportPipeline.Settings(
            settings.paths(),
            new LLMProfileParser(settings.model().allowed()),
            settings.limits().maxPreviousReports(),
            settings.model().authMode(),
            surroundings.forks(),
            clock),
        log);
  }
}

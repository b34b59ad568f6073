package io.tda.worker.executor;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.config.DeliveryConfig;
import io.tda.worker.config.LeaseConfig;
import io.tda.worker.config.Limits;
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
      ModelAccess model) {}

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
    var clock = surroundings.clock();
    var conclusion =
        new StepConclusion(
            new StepFinalizer(ports.runs(), surroundings.sleeper(), surroundings.random()),
            ports.artifacts(),
            new StepConclusion.Limits(
                settings.deliveries().maxDeliveryAttempts(),
                settings.deliveries().maxModelCalls(),
                settings.leases().dispatchLease()),
            clock,
            ports.log());
    return new StepExecutor(
        ports.leases(),
        pipeline(ports, settings, surroundings),
        conclusion,
        new StepExecutor.Surroundings(clock, surroundings.ticker(), surroundings.executorIds()),
        new StepExecutor.Terms(settings.leases().lease(), settings.budget()),
        ports.log());
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
            log);
    return new ReportPipeline(
        new Registry(ports.prompts(), ports.schemas(), log),
        new ContextLoader(
            new ArtifactReader(ports.artifacts(), clock, log),
            settings.limits(),
            surroundings.forks(),
            log),
        model,
        new ReportWriter(ports.artifacts(), ReportFileContract.load(), log),
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

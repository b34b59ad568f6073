package io.tda.worker.local.sim;

import io.tda.worker.config.Limits;
import io.tda.worker.executor.DeadLetterHandler;
import io.tda.worker.executor.DeadLetterOutcome;
import io.tda.worker.executor.Delivery;
import io.tda.worker.executor.DeliveryOutcome;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.Forks;
import io.tda.worker.executor.StepExecutor;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;

/** One instance of the executor: the service's own code, wired as its main does it. */
final class ExecutorService implements Fleet.Member {
  private final SimulatedProcess process;
  private final Surroundings in;
  private final StepExecutor executor;
  private final DeadLetterHandler deadLetters;
  private int requests;

  ExecutorService(String name, Surroundings in) {
    this.in = in;
    process = in.start(name);
    var ports = ports();
    executor = ExecutorAssembly.stepExecutor(ports, settings(), surroundings());
    deadLetters = ExecutorAssembly.deadLetterHandler(ports, settings(), surroundings());
  }

  @Override
  public SimulatedProcess process() {
    return process;
  }

  /** Pub/Sub's request. */
  void push(SimulatedTopic.Message message, Delivery delivery, Answered answered) {
    switch (StepClaimedJson.parse(message.data())) {
      // 400: it comes again until it is dead-lettered, so that somebody can look at it.
      case StepClaimedJson.Result.Invalid _ -> answered.answer(false);
      case StepClaimedJson.Result.Parsed(var claimed) -> {
        var work =
            new Work(process, Work.Kind.DELIVERY, delivery.messageId() + "#" + ++requests, claimed);
        if (in.seams().acknowledgesFirst()) {
          answered.answer(true);
        }
        process.handle(work, () -> execute(work, claimed, delivery), answered);
      }
    }
  }

  /** The dead-letter subscription's request. */
  void deadLetter(SimulatedTopic.Message message, Delivery delivery, Answered answered) {
    var work =
        new Work(
            process,
            Work.Kind.DEAD_LETTER,
            "dead-" + delivery.messageId() + "#" + ++requests,
            message.claim());
    process.handle(
        work,
        () -> {
          var outcome = deadLetters.handle(message.data(), delivery, process.shutdown());
          in.coverage().count("deadLetter", outcome.getClass().getSimpleName());
          in.world().say(work.name(), () -> "answers " + outcome);
          in.invariants().calls().ended(work, outcome.toString());
          return in.seams().acknowledges(outcome instanceof DeadLetterOutcome.Settled);
        },
        answered);
  }

  private boolean execute(Work work, StepClaimed claimed, Delivery delivery) {
    var outcome = executor.execute(claimed, delivery, process.shutdown());
    in.coverage().count("delivery", outcome.getClass().getSimpleName());
    in.world().say(work.name(), () -> "answers " + outcome + " " + claimed.claim().step());
    in.invariants().calls().ended(work, outcome.toString());
    return in.seams()
        .acknowledges(
            switch (outcome) {
              case DeliveryOutcome.Finished _,
                  DeliveryOutcome.Stale _,
                  DeliveryOutcome.Cancelled _ ->
                  true;
              case DeliveryOutcome.InProgress _, DeliveryOutcome.Retry _ -> false;
            });
  }

  private ExecutorAssembly.Ports ports() {
    var documents = in.documents(process);
    var clock = process.clock();
    var backends = in.backends();
    return new ExecutorAssembly.Ports(
        in.runs(process, documents),
        in.leases(documents),
        in.seams().prompts(new FirestorePromptRepository(documents, RunDocuments.PROMPTS, clock)),
        new FirestoreSchemaRepository(documents, RunDocuments.SCHEMAS, clock),
        in.seams().artifacts(backends.storage().seenBy(process)),
        in.seams().model(backends.model().seenBy(process)),
        in.log(process));
  }

  private ExecutorAssembly.Settings settings() {
    var plan = in.plan();
    return new ExecutorAssembly.Settings(
        RunDocuments.PATHS,
        Limits.DEFAULT,
        plan.leases(),
        plan.deliveries(),
        in.seams().budget(SimulationPlan.BUDGET),
        new ExecutorAssembly.ModelAccess(
            _ -> true, "ai_studio_api_key", plan.habits().modelAttempts()),
        plan.habits().rawOutput());
  }

  private ExecutorAssembly.Surroundings surroundings() {
    var time = new ProcessTime(in.world(), process);
    return new ExecutorAssembly.Surroundings(
        in.seams().executorClock(process.clock()),
        in.world().random(),
        time.sleeper(),
        in.seams().ticker(time.ticker()),
        in.plan().habits().parallelReads() ? time.forks() : Forks.NONE,
        () -> {
          var work = Work.current();
          work.named(work.name());
          return work.name();
        });
  }
}

package io.tda.worker.bench;

import static java.util.Objects.requireNonNull;

import io.tda.worker.adapter.firestore.FirestoreFlowRunRepository;
import io.tda.worker.adapter.firestore.FirestoreLeaseRepository;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.dispatcher.CloudEventParser;
import io.tda.worker.dispatcher.DispatcherAssembly;
import io.tda.worker.dispatcher.FlowRunEvent;
import io.tda.worker.dispatcher.StepClaimer;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.executor.Delivery;
import io.tda.worker.executor.ExecutorAssembly;
import io.tda.worker.executor.StepExecutor;
import io.tda.worker.executor.ThreadForks;
import io.tda.worker.executor.adapter.firestore.FirestorePromptRepository;
import io.tda.worker.executor.adapter.firestore.FirestoreSchemaRepository;
import io.tda.worker.id.RunId;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.LLMResponse;
import io.tda.worker.log.EventLogger;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.store.Document;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import io.tda.worker.time.Cancellation;
import io.tda.worker.time.ThreadSleeper;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How many remote calls a step makes, and how many of them wait for each other. */
final class RoundTripMeasurement implements Measurement {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Remote remote = new Remote();
  private final InMemoryDocumentStore near = new InMemoryDocumentStore(CLOCK);
  private final DocumentStore documents = remote.port(DocumentStore.class, near);
  private final FirestoreFlowRunRepository runs =
      new FirestoreFlowRunRepository(documents, CloudSteps.COLLECTIONS);
  private final FirestoreLeaseRepository leases =
      new FirestoreLeaseRepository(documents, CloudSteps.COLLECTIONS);
  private final EventLogger log = DiscardedLog.logger();
  private final AtomicReference<StepClaimed> published = new AtomicReference<>();
  private final AtomicInteger beforeModel = new AtomicInteger();

  @Override
  public String name() {
    return "round-trips";
  }

  @Override
  public List<Figure> take(Effort effort) throws Exception {
    var example = ExampleDocuments.load();
    example.prompts().forEach((id, data) -> set("llm_prompts", id, data));
    example.schemas().forEach((id, data) -> set("llm_schemas", id, data));
    var executor = executor(example, model(example.answer()));
    // The first step fills the caches of prompts and schemas.
    var _ = step(example, executor, new RunId("first"));
    return step(example, executor, new RunId("second"));
  }

  /** Not far away itself: it parts the calls before it from those after it. */
  private LLMClient model(LLMResponse answer) {
    return (_, _, _) -> {
      beforeModel.set(remote.takeDepth());
      return answer;
    };
  }

  private List<Figure> step(ExampleDocuments example, StepExecutor executor, RunId run) {
    set(CloudSteps.COLLECTIONS.runs(), run.value(), example.run(run));
    var figures = new ArrayList<Figure>();
    var _ = remote.takeCalls();
    dispatch(run);
    figures.add(inARow("dispatcher", remote.takeDepth()));
    figures.addAll(calls("dispatcher"));
    var delivery = new Delivery("message", 1, null);
    var _ = executor.execute(requireNonNull(published.get()), delivery, new Cancellation());
    figures.add(inARow("executor, before the model", beforeModel.get()));
    figures.add(inARow("executor, after the model", remote.takeDepth()));
    figures.addAll(calls("executor"));
    return figures;
  }

  private void dispatch(RunId run) {
    var ref = new DocumentRef(CloudSteps.COLLECTIONS.runs(), run.value());
    Document snapshot = near.getAll(List.of(ref)).getFirst().orElseThrow();
    var random = new SplittableRandom(1);
    var handler =
        DispatcherAssembly.eventHandler(
            new DispatcherAssembly.Ports(
                runs, leases, remote.port(StepPublisher.class, this::publish), log),
            1,
            new StepClaimer.Terms(4, Duration.ofMinutes(15)),
            new StepClaimer.Surroundings(CLOCK, random, new ThreadSleeper()));
    var event = new FlowRunEvent("event", run, snapshot, null);
    var _ =
        handler.handle(new CloudEventParser.Result.Changed(event, "written", "documents/" + ref));
  }

  private StepPublisher.PublishResult publish(StepClaimed message, @Nullable String traceparent) {
    published.set(message);
    return new StepPublisher.PublishResult.Published("1", "key");
  }

  private StepExecutor executor(ExampleDocuments example, LLMClient model) {
    var artifacts = new MemoryArtifacts();
    example
        .artifacts()
        .forEach(it -> artifacts.create(it.uri(), it.content(), it.contentType(), Map.of()));
    return ExecutorAssembly.stepExecutor(
        new ExecutorAssembly.Ports(
            runs,
            leases,
            new FirestorePromptRepository(documents, "llm_prompts", CLOCK),
            new FirestoreSchemaRepository(documents, "llm_schemas", CLOCK),
            remote.port(ArtifactStore.class, artifacts),
            model,
            log),
        BenchSettings.executor(),
        new ExecutorAssembly.Surroundings(
            CLOCK,
            new SplittableRandom(1),
            new ThreadSleeper(),
            (_, _) -> () -> {},
            new ThreadForks(Executors.newVirtualThreadPerTaskExecutor()),
            () -> "bench"));
  }

  private Figure inARow(String subject, int calls) {
    return Figure.count(name(), subject, "in a row", calls);
  }

  private List<Figure> calls(String service) {
    return remote.takeCalls().entrySet().stream()
        .map(call -> Figure.count(name(), service + ", " + call.getKey(), "calls", call.getValue()))
        .toList();
  }

  private void set(String collection, String id, Map<String, Object> data) {
    var ref = new DocumentRef(collection, id);
    var _ = near.commit(List.of(new Write.Set(ref, data, new Precondition.None())));
  }
}

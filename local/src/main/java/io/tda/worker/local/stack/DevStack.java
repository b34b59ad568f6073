package io.tda.worker.local.stack;

import io.tda.worker.dispatcher.DispatcherMain;
import io.tda.worker.dispatcher.http.FlowRunEvents;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.emulator.gemini.StubGemini;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import io.tda.worker.emulator.pubsub.PushSubscription;
import io.tda.worker.emulator.storage.StorageBuckets;
import io.tda.worker.executor.ExecutorMain;
import io.tda.worker.executor.http.StepClaimedPushes;
import io.tda.worker.local.bridge.EventarcBridge;
import io.tda.worker.local.bridge.EventarcBridge.Watched;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Both services as processes, on emulators, with stand-ins for Eventarc, Cloud Scheduler and the
 * model. Closing it ends all of it, services first; it is safe to repeat. The end of this process
 * closes it too, also while it starts.
 */
public final class DevStack implements AutoCloseable {
  private static final String TOPIC = "step-claimed";
  private static final String DEAD_LETTERS = "step-claimed-dead";
  private static final String RUNS = "flow_runs";
  private static final int MAX_ATTEMPTS = 10;

  private final Deque<Runnable> endings = new ArrayDeque<>();
  private final Map<String, String> addresses = new LinkedHashMap<>();
  private final CompletableFuture<String> died = new CompletableFuture<>();
  private final Thread hook = new Thread(this::close, "end of the stack");
  private Map<String, String> clients = Map.of();
  private volatile boolean closing;

  private DevStack() {}

  /** Takes what a stack has to say. */
  public record Voices(Consumer<String> people, BiConsumer<String, String> serviceLines) {}

  /**
   * Starts everything; returns when both services serve.
   *
   * @param environment this process's own
   * @throws IllegalStateException with a line for a person where something does not start
   */
  public static DevStack start(
      StackOptions options, Map<String, String> environment, Voices voices) {
    var stack = new DevStack();
    Runtime.getRuntime().addShutdownHook(stack.hook);
    try {
      stack.launch(options, environment, voices);
      return stack;
    } catch (RuntimeException e) {
      if (stack.closing) { // Ctrl-C: what fails then is no news, and this process ends without us
        LockSupport.park();
      }
      stack.close();
      throw e;
    }
  }

  /** Where everything is, by name. */
  public Map<String, String> addresses() {
    return Map.copyOf(addresses);
  }

  /** The variables that lead other processes here. */
  public Map<String, String> clients() {
    return clients;
  }

  /** Completes with a line for a person when a service ends by itself. */
  public CompletableFuture<String> died() {
    return died;
  }

  @Override
  public synchronized void close() {
    closing = true;
    while (!endings.isEmpty()) {
      endings.pop().run();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // This process is ending; the hook runs.
    }
  }

  private synchronized void atEnd(Runnable ending) {
    if (closing) {
      ending.run();
    } else {
      endings.push(ending);
    }
  }

  private void launch(StackOptions options, Map<String, String> environment, Voices voices) {
    var launcher = EmulatorLauncher.withoutHooks(environment, voices.people());
    var reach =
        launcher.mayUseContainers()
            ? new InetSocketAddress(0).getAddress()
            : InetAddress.getLoopbackAddress();
    var bridge = EventarcBridge.listen(reach, options.events());
    atEnd(bridge::close);
    var firestore = emulator(launcher, EmulatorKind.FIRESTORE, bridge.emulatorOption());
    var pubsub = emulator(launcher, EmulatorKind.PUBSUB);
    var storage = emulator(launcher, EmulatorKind.STORAGE);
    clients = StackEnvironment.ofClients(List.of(firestore, pubsub, storage));
    StorageBuckets.create(storage.host(), StackEnvironment.BUCKET);
    var setup = new PubSubSetup(pubsub.host(), StackEnvironment.PROJECT);
    atEnd(setup::close);
    setup.createTopic(TOPIC);
    setup.createTopic(DEAD_LETTERS);

    var variables = StackEnvironment.ofServices(environment, clients);
    var dispatcher =
        ServiceChild.start("dispatcher", DispatcherMain.class, variables, voices.serviceLines());
    atEnd(dispatcher::awaitEnd);
    var executor =
        ServiceChild.start(
            "executor",
            ExecutorMain.class,
            withModel(options.model(), variables),
            voices.serviceLines());
    atEnd(executor::awaitEnd);
    // Both are told at once, so that they end side by side.
    atEnd(() -> List.of(dispatcher, executor).forEach(ServiceChild::terminate));
    connect(firestore, bridge, await(dispatcher));
    subscribe(options.delivery(), setup, pubsub, await(executor));
  }

  private Emulator emulator(EmulatorLauncher launcher, EmulatorKind kind, String... options) {
    var emulator = launcher.require(kind, options);
    atEnd(emulator::close);
    addresses.put(kind.title(), emulator.host());
    return emulator;
  }

  private Map<String, String> withModel(StackOptions.Model model, Map<String, String> variables) {
    return switch (model) {
      case StackOptions.Model.Real() -> {
        addresses.put("model", "the real one");
        yield variables;
      }
      case StackOptions.Model.Stub(var latency, var replies) -> {
        var stub = StubGemini.start().latency(latency);
        stub.next(replies.toArray(ModelReply[]::new));
        atEnd(stub::close);
        addresses.put("model", stub.endpoint() + " (stub)");
        yield StackEnvironment.withStub(variables, stub.endpoint());
      }
    };
  }

  private void connect(Emulator firestore, EventarcBridge bridge, URI dispatcher) {
    bridge.watch(firestore, new Watched(StackEnvironment.PROJECT, "(default)", RUNS));
    bridge.deliverTo(dispatcher.resolve(FlowRunEvents.PATH));
    var schedule = Schedule.start(dispatcher);
    atEnd(schedule::close);
  }

  private static void subscribe(
      StackOptions.Delivery delivery, PubSubSetup setup, Emulator pubsub, URI executor) {
    var kind =
        switch (delivery) {
          case ORDERED -> new PushSubscription.Delivery.Ordered();
          case DEAD_LETTERS ->
              new PushSubscription.Delivery.DeadLettered(DEAD_LETTERS, MAX_ATTEMPTS);
        };
    var seen = URI.create("http://" + pubsub.callbackHost() + ":" + executor.getPort());
    setup.createPushSubscription(
        new PushSubscription(
            "step-claimed-push", TOPIC, seen.resolve(StepClaimedPushes.PATH), kind));
    setup.createPushSubscription(
        new PushSubscription(
            "step-claimed-dead-push",
            DEAD_LETTERS,
            seen.resolve("/push/dead-letter"),
            new PushSubscription.Delivery.Plain()));
  }

  private URI await(ServiceChild service) {
    var _ =
        service
            .exit()
            .thenAccept(code -> {
              if (!closing) {
                died.complete("the " + service.name() + " ended with exit code " + code);
              }
            });
    try {
      var uri = URI.create("http://127.0.0.1:" + service.port().join());
      addresses.put(service.name(), uri.toString());
      return uri;
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "the " + service.name() + " did not start; its lines above say why", e);
    }
  }
}

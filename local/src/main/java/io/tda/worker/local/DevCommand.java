package io.tda.worker.local;

import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.id.RunId;
import io.tda.worker.local.bridge.BridgeFaults;
import io.tda.worker.local.bridge.EventarcBridge;
import io.tda.worker.local.stack.DevStack;
import io.tda.worker.local.stack.RunView;
import io.tda.worker.local.stack.StackOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs both services on emulators. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs both services as processes on Google's emulators, with stand-ins for Eventarc, Cloud",
      "Scheduler, Cloud Storage and the model; stores the example run and follows what happens.",
      "Ends with Ctrl-C. Logs go to stderr, everything else to stdout.",
      ""
    })
final class DevCommand implements Callable<Integer> {
  private static final Duration POLL = Duration.ofMillis(300);

  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "end when the run's reports have ended, and show the run")
  private boolean once;

  @Option(names = "--no-seed", description = "store nothing; ./worker seed does it later")
  private boolean noSeed;

  @Option(
      names = "--log-format",
      paramLabel = "json|text",
      defaultValue = "text",
      description = "the log's form (default: text)")
  private Output.LogFormat logFormat;

  @Mixin private ModelOptions model = new ModelOptions();
  @Mixin private EventOptions events = new EventOptions();

  @Option(
      names = "--dead-letters",
      description = {
        "messages that fail 10 times are dead-lettered, and not ordered",
        "(default: ordered, and tried without end: the emulator cannot do both)"
      })
  private boolean deadLetters;

  @Override
  public Integer call() throws Exception {
    if (once && noSeed) {
      throw new ParameterException(spec.commandLine(), "--once needs a run; leave --no-seed out");
    }
    var output = Output.of(spec.commandLine()).withLibraryLogs();
    var log = output.followedLog(logFormat, Instant.now());
    var file = StackFile.ofThisCheckout();
    try (var kept = StackLog.begin(StackFile.folder());
        var stack = start(log.andThen(kept::append))) {
      var ending = new Thread(() -> leave(file, kept), "end of the stack's files");
      Runtime.getRuntime().addShutdownHook(ending);
      var variables = new TreeMap<>(stack.clients());
      variables.put(StackLog.VARIABLE, kept.file().toString());
      var isOnlyOne = file.read().isEmpty();
      if (isOnlyOne) {
        file.write(variables);
      }
      describe(stack, variables, isOnlyOne);
      var code = work(stack);
      file.remove();
      return code.code();
    } catch (IllegalStateException e) {
      throw new CliException(ExitCode.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private DevStack start(BiConsumer<String, String> log) {
    var delivery = deadLetters ? StackOptions.Delivery.DEAD_LETTERS : StackOptions.Delivery.ORDERED;
    var options = new StackOptions(model.choice(), events.settings(), delivery);
    var out = spec.commandLine().getOut();
    return DevStack.start(options, System.getenv(), new DevStack.Voices(out::println, log));
  }

  /** Also when Ctrl-C is pressed; the stack itself ends by a hook of its own. */
  private static void leave(StackFile file, StackLog kept) {
    file.remove();
    kept.close();
  }

  private void describe(DevStack stack, Map<String, String> variables, boolean isOnlyOne) {
    var out = spec.commandLine().getOut();
    new TreeMap<>(stack.addresses()).forEach((name, at) -> out.printf("  %-14s %s%n", name, at));
    out.println(
        isOnlyOne
            ? "For another terminal (./worker finds the stack by itself):"
            : "./worker finds the stack that runs already. To reach this one from another terminal:");
    variables.forEach((name, value) -> out.println("  export " + name + "=" + value));
    out.flush();
  }

  private ExitCode work(DevStack stack) throws IOException, InterruptedException {
    var run = noSeed ? null : seed(stack);
    if (once && run != null) {
      return untilEnded(stack, run);
    }
    try {
      throw new CliException(ExitCode.SOFTWARE, stack.died().get());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private RunId seed(DevStack stack) throws IOException {
    var file = SeedCommand.example();
    var folder = Objects.requireNonNull(file.getParent());
    var seeded = SeedCommand.seed(stack.clients(), folder, new SeedFolder.Run(file, null, false));
    spec.commandLine().getOut().println("Stored the example run: ./worker show " + seeded.run());
    spec.commandLine().getOut().flush();
    return seeded.run();
  }

  private ExitCode untilEnded(DevStack stack, RunId run) throws InterruptedException {
    try (var data = StackChoice.open(stack.clients())) {
      while (true) {
        if (RunView.read(data, run) instanceof RunView.Seen seen && seen.hasEnded()) {
          RunReport.text(seen, Output.of(spec.commandLine()).summaryText());
          return ShowCommand.exitCode(seen);
        }
        var died = within(stack, POLL);
        if (died != null) {
          throw new CliException(ExitCode.SOFTWARE, died);
        }
      }
    }
  }

  private static @Nullable String within(DevStack stack, Duration time)
      throws InterruptedException {
    try {
      return stack.died().get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Who answers. */
  static final class ModelOptions {
    enum Mode {
      STUB,
      REAL
    }

    @Option(
        names = "--llm-mode",
        paramLabel = "stub|real",
        defaultValue = "stub",
        description = "who answers (default: stub); real needs the executor's GEMINI_ variables")
    private Mode mode;

    @Option(
        names = "--model-latency-ms",
        paramLabel = "MS",
        defaultValue = "500",
        description = "how long the stub thinks (default: 500)")
    private long latency;

    @Option(
        names = "--model-replies",
        paramLabel = "REPLY,…",
        defaultValue = "",
        description = {
          "what the stub does first: valid, invalid, not-json, fenced, truncated, silent, blocked,",
          "withheld, stalled, stalled-body, dropped, cut-off, late:SECONDS, 429, 429:SECONDS, 503 …"
        })
    private String replies;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    StackOptions.Model choice() {
      return switch (mode) {
        case REAL -> new StackOptions.Model.Real();
        case STUB -> new StackOptions.Model.Stub(Duration.ofMillis(latency), parsed());
      };
    }

    private List<ModelReply> parsed() {
      try {
        return List.of(ModelReply.parseAll(replies));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            mixee.commandLine(), "--model-replies: " + String.valueOf(e.getMessage()));
      }
    }
  }

  /** What happens to events. */
  static final class EventOptions {
    @Option(
        names = "--duplicate",
        paramLabel = "SHARE",
        defaultValue = "0",
        description = "the share of events that come twice, 0 to 1")
    private double duplicate;

    @Option(
        names = "--reorder",
        paramLabel = "SHARE",
        defaultValue = "0",
        description = "the share that is overtaken")
    private double reorder;

    @Option(
        names = "--drop",
        paramLabel = "SHARE",
        defaultValue = "0",
        description = "the share that never comes")
    private double drop;

    @Option(
        names = "--delay-ms",
        paramLabel = "MS",
        defaultValue = "2000",
        description = "the longest wait of an event that is overtaken or comes twice")
    private long delay;

    @Option(
        names = "--seed",
        paramLabel = "NUMBER",
        defaultValue = "0",
        description = "the same number brings the same faults")
    private long seed;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec mixee;

    EventarcBridge.Settings settings() {
      try {
        var faults = new BridgeFaults(duplicate, reorder, drop, Duration.ofMillis(delay));
        return new EventarcBridge.Settings(seed, faults, EventarcBridge.Settings.USUAL.retries());
      } catch (IllegalArgumentException e) {
        throw new ParameterException(mixee.commandLine(), String.valueOf(e.getMessage()));
      }
    }
  }
}

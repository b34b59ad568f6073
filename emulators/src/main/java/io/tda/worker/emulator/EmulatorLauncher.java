package io.tda.worker.emulator;

import io.tda.worker.emulator.EmulatorSource.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Comes by emulators in the order that suits most: hosts that are given, Docker, an installed
 * Google Cloud CLI, and for storage the built-in server. It says which it took.
 */
public final class EmulatorLauncher {
  /** Narrows the choice: names of sources with commas between them, such as {@code hosts,sdk}. */
  public static final String CHOICE = "WORKER_EMULATORS";

  /**
   * How much an emulator of the Google Cloud CLI may hold, as after {@code -Xmx}. Firestore's keeps
   * what was deleted, too.
   */
  public static final String HEAP = "WORKER_EMULATOR_HEAP";

  private final List<EmulatorSource> sources;
  private final Consumer<String> say;

  EmulatorLauncher(List<EmulatorSource> sources, Consumer<String> say) {
    this.sources = List.copyOf(sources);
    this.say = say;
  }

  /**
   * A launcher for this machine.
   *
   * @param environment the process's environment
   * @param say takes lines for people
   */
  public static EmulatorLauncher of(Map<String, String> environment, Consumer<String> say) {
    return of(environment, say, true);
  }

  /**
   * A launcher whose emulators do not end with this process: the caller ends each, even when it is
   * told to end itself. For those who have something to end before their emulators.
   */
  public static EmulatorLauncher withoutHooks(
      Map<String, String> environment, Consumer<String> say) {
    return of(environment, say, false);
  }

  private static EmulatorLauncher of(
      Map<String, String> environment, Consumer<String> say, boolean endWithProcess) {
    var chosen =
        List.of(environment.getOrDefault(CHOICE, "hosts,docker,sdk,built-in").split(",", -1));
    var sources =
        Stream.of(
                new GivenHosts(environment),
                DockerSource.of(environment),
                CloudSdkSource.of(environment, endWithProcess),
                new BuiltInStorage())
            .filter(source -> chosen.contains(source.name()))
            .toList();
    return new EmulatorLauncher(sources, say);
  }

  /**
   * Whether an emulator may come to run in a container, from where 127.0.0.1 of this machine is not
   * seen: servers that it calls then have to listen on all addresses.
   */
  public boolean mayUseContainers() {
    return sources.stream().anyMatch(EmulatorSource::runsElsewhere);
  }

  /**
   * Starts an emulator, or finds one.
   *
   * @param options for one that is started, such as {@code --functions_emulator=HOST:PORT}
   * @return unavailable with one line that says what to install
   */
  public Attempt start(EmulatorKind kind, String... options) {
    var reasons = new ArrayList<String>();
    for (var source : sources) {
      switch (source.start(kind, List.of(options))) {
        case Attempt.Started started -> {
          var emulator = started.emulator();
          say.accept(
              "%s emulator: %s at %s".formatted(kind.title(), emulator.source(), emulator.host()));
          return started;
        }
        case Attempt.Unavailable(var reason) -> reasons.add(reason);
      }
    }
    return new Attempt.Unavailable(
        "No %s emulator (%s). Install the Google Cloud CLI with its emulators, or Docker, or set %s."
            .formatted(kind.title(), String.join("; ", reasons), kind.variable()));
  }

  /**
   * Starts an emulator that one cannot do without.
   *
   * @throws IllegalStateException with the one line, where there is none
   */
  public Emulator require(EmulatorKind kind, String... options) {
    return switch (start(kind, options)) {
      case Attempt.Started(var emulator) -> emulator;
      case Attempt.Unavailable(var line) -> throw new IllegalStateException(line);
    };
  }
}

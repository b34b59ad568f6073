package io.tda.worker.emulator;

import java.util.List;

/** One way to come by an emulator. */
public interface EmulatorSource {

  /** The name by which {@code WORKER_EMULATORS} chooses it. */
  String name();

  /** Whether what it starts runs in another network than this machine's. */
  default boolean runsElsewhere() {
    return false;
  }

  /**
   * Starts an emulator and waits until it answers.
   *
   * @param options passed on to the emulator's own command line
   */
  Attempt start(EmulatorKind kind, List<String> options);

  /** What became of it. */
  sealed interface Attempt {

    /** It answers. */
    record Started(Emulator emulator) implements Attempt {}

    /**
     * It is not to be had this way.
     *
     * @param reason one line: what is missing
     */
    record Unavailable(String reason) implements Attempt {}
  }
}

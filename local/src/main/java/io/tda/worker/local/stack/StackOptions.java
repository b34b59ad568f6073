package io.tda.worker.local.stack;

import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.local.bridge.EventarcBridge;
import java.time.Duration;
import java.util.List;

/** How a stack is to behave. */
public record StackOptions(Model model, EventarcBridge.Settings events, Delivery delivery) {

  /** Who answers the executor's questions. */
  public sealed interface Model {

    /**
     * The stub, which makes an answer from the schema.
     *
     * @param replies for the first requests, one each
     */
    record Stub(Duration latency, List<ModelReply> replies) implements Model {
      /** Copies the list. */
      public Stub {
        replies = List.copyOf(replies);
      }
    }

    /** The real one, by the settings in this process's environment. */
    record Real() implements Model {}
  }

  /** Which of production's promises the subscription keeps; the emulator cannot keep both. */
  public enum Delivery {
    /** One message of a step at a time; what fails comes again without end. */
    ORDERED,
    /** In any order; what fails too often goes to the dead-letter topic. */
    DEAD_LETTERS
  }
}

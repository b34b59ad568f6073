package io.tda.worker.local.sim;

/** Takes the answer to a request; only the first counts. */
final class Answered {
  private final Receiver receiver;
  private boolean answered;

  /** Who waits for the answer. */
  interface Receiver {
    void answer(boolean done);
  }

  Answered(Receiver receiver) {
    this.receiver = receiver;
  }

  void answer(boolean done) {
    if (!answered) {
      answered = true;
      receiver.answer(done);
    }
  }
}

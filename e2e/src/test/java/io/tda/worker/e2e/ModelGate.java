package io.tda.worker.e2e;

import io.tda.worker.emulator.gemini.ModelCall;
import io.tda.worker.emulator.gemini.ModelReply;
import io.tda.worker.emulator.gemini.StubGemini;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Holds the next model call of a run, and with it all calls after it, until it is opened: so a test
 * can do something while a model is at work.
 */
final class ModelGate implements AutoCloseable {
  private final CountDownLatch arrived = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);

  private ModelGate() {}

  static ModelGate hold(StubGemini model, RunBuilder run) {
    var gate = new ModelGate();
    model.next(call -> gate.pass(call, run), new ModelReply.Valid());
    return gate;
  }

  /** The stub asks this to find out which reply is meant; its caller waits as long as we do. */
  private boolean pass(ModelCall call, RunBuilder run) {
    if (call.sources().stream().noneMatch(source -> source.contains(run.id()))) {
      return false;
    }
    arrived.countDown();
    await(opened);
    return true;
  }

  void awaitCall() {
    await(arrived);
  }

  void open() {
    opened.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(Awaiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("no call, or nobody to let it pass");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    open();
  }
}

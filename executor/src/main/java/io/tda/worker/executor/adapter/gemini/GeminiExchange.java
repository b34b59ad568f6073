package io.tda.worker.executor.adapter.gemini;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.tda.worker.executor.adapter.gemini.GeminiErrors.Ending;
import io.tda.worker.llm.LLMResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * One model call that is under way. It runs on a thread of its own, so that whoever waits for it is
 * free at the deadline whatever the SDK and the server do. The first of answer, deadline and
 * cancellation decides; later ones change nothing.
 */
final class GeminiExchange {
  private static final ScopedValue<GeminiExchange> CURRENT = ScopedValue.newInstance();

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private @Nullable Call call;

  private sealed interface Outcome {
    record Answered(LLMResponse response) implements Outcome {}

    record Failed(Throwable fault) implements Outcome {}

    record Ended(Ending ending) implements Outcome {}
  }

  /** The exchange on whose thread this is called. */
  static GeminiExchange current() {
    return CURRENT.get();
  }

  /** Sends, unless cancelled before, and waits. */
  LLMResponse await(Duration deadline, Supplier<LLMResponse> send) {
    if (!deadline.isPositive()) {
      end(Ending.DEADLINE);
    }
    if (!outcome.isDone()) {
      Thread.ofVirtual().name("gemini-call").start(() -> run(send));
    }
    waitUntil(deadline);
    return switch (outcome.join()) {
      case Outcome.Answered(var response) -> response;
      case Outcome.Failed(Error error) -> throw error;
      case Outcome.Failed(var fault) -> throw GeminiErrors.of(fault);
      case Outcome.Ended(var ending) -> throw GeminiErrors.ended(ending);
    };
  }

  /** Ends the call from another thread: without delay, and without a trace on the connection. */
  void cancel() {
    end(Ending.CANCELLED);
  }

  /** Makes the HTTP call known, so that it can be ended. Ends it if the exchange is over. */
  synchronized void started(Call started) {
    call = started;
    if (outcome.isDone()) {
      started.cancel();
    }
  }

  private void run(Supplier<LLMResponse> send) {
    ScopedValue.where(CURRENT, this)
        .run(() -> {
          try {
            outcome.complete(new Outcome.Answered(send.get()));
          } catch (Throwable fault) {
            outcome.complete(new Outcome.Failed(fault));
          }
        });
  }

  private void waitUntil(Duration deadline) {
    try {
      outcome.get(deadline.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      end(Ending.DEADLINE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(Ending.CANCELLED);
    } catch (ExecutionException e) {
      throw new IllegalStateException("an outcome is a value", e);
    }
  }

  private synchronized void end(Ending ending) {
    if (outcome.complete(new Outcome.Ended(ending)) && call != null) {
      call.cancel();
    }
  }
}

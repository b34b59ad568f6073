package io.tda.worker.emulator.gemini;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/**
 * The stub model as a process of its own. Arguments: {@code --port=N}, {@code --latency-ms=N},
 * {@code --next=REPLY,…}. It prints its address and runs until it is ended.
 */
public final class StubGeminiMain {
  private StubGeminiMain() {}

  /** Starts it. */
  public static void main(String[] arguments) throws InterruptedException {
    var stub = StubGemini.start(Integer.parseInt(argument(arguments, "--port=", "0")));
    stub.latency(Duration.ofMillis(Long.parseLong(argument(arguments, "--latency-ms=", "0"))));
    stub.next(ModelReply.parseAll(argument(arguments, "--next=", "")));
    System.out.println("stub model at " + stub.endpoint());
    System.out.flush();
    new CountDownLatch(1).await();
  }

  private static String argument(String[] arguments, String name, String otherwise) {
    return Arrays.stream(arguments)
        .filter(argument -> argument.startsWith(name))
        .map(argument -> argument.substring(name.length()))
        .reduce(otherwise, (_, last) -> last);
  }
}

package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.bench.stack.ServiceProcess;
import io.tda.worker.id.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The bare program in a process of its own, with the services' JVM flags: what it is compared with
 * lives so, too. Here it would find its code and the processor's caches warm from the preparation
 * of the runs. It ends with its input, so also with this process. Takes many orders at once.
 */
final class BareProcess implements AutoCloseable {
  /** Before a run and its nanoseconds; lines that begin with neither word are of the libraries. */
  static final String TOOK = "took ";

  /** Before a run and what is wrong. */
  static final String FAILED = "failed ";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final PrintWriter orders;
  private final Map<String, CompletableFuture<Long>> waiting = new ConcurrentHashMap<>();

  private BareProcess(Process process) {
    this.process = process;
    this.orders = new PrintWriter(process.outputWriter(UTF_8), true);
  }

  static BareProcess start(Cloud cloud) throws IOException {
    var command = new ArrayList<String>();
    command.add(ServiceProcess.java());
    command.addAll(Stack.FLAGS);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), BareProgram.class.getName()));
    var builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(cloud.environment());
    var bare = new BareProcess(builder.start());
    Thread.ofPlatform().daemon().name("answers of the bare program").start(bare::read);
    return bare;
  }

  /** Has the dispatcher's part done; how long that took, in nanoseconds. */
  long dispatch(CloudSteps.Ready run) throws Exception {
    return order("dispatch", run.id(), " " + run.updateTime());
  }

  /** Has the executor's part done; how long that took, in nanoseconds. */
  long execute(CloudSteps.Claimed run) throws Exception {
    return order("execute", run.id(), "");
  }

  /** Processor time since its start. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private long order(String part, RunId run, String rest) throws Exception {
    var answer = new CompletableFuture<Long>();
    waiting.put(run.value(), answer);
    orders.println(part + " " + run + rest);
    return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private void read() {
    try (BufferedReader answers = process.inputReader(UTF_8)) {
      for (var line = answers.readLine(); line != null; line = answers.readLine()) {
        answered(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
    waiting
        .values()
        .forEach(it -> it.completeExceptionally(new IOException("the bare program has ended")));
  }

  private void answered(String line) {
    boolean took = line.startsWith(TOOK);
    if (!took && !line.startsWith(FAILED)) {
      return;
    }
    var words = line.split(" ", 3);
    var answer = waiting.remove(words[1]);
    if (answer == null) {
      return;
    }
    if (took) {
      answer.complete(Long.valueOf(words[2]));
    } else {
      answer.completeExceptionally(new IllegalStateException("the bare program: " + words[2]));
    }
  }

  @Override
  public void close() {
    orders.close();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

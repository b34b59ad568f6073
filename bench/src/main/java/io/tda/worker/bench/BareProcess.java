package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.bench.stack.ServiceProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/**
 * The bare program in a process of its own, with the services' JVM flags: what it is compared with
 * lives so, too. Here it would find its code and the processor's caches warm from the preparation
 * of the runs. It ends with its input, so also with this process.
 */
final class BareProcess implements AutoCloseable {
  /** Before the nanoseconds; other lines are of the libraries. */
  static final String TOOK = "took ";

  private final Process process;
  private final PrintWriter orders;
  private final BufferedReader answers;

  private BareProcess(Process process) {
    this.process = process;
    this.orders = new PrintWriter(process.outputWriter(UTF_8), true);
    this.answers = process.inputReader(UTF_8);
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
    return new BareProcess(builder.start());
  }

  /** Has the dispatcher's part done; how long that took, in nanoseconds. */
  long dispatch(CloudSteps.Ready run) throws IOException {
    return order("dispatch " + run.id() + " " + run.updateTime());
  }

  /** Has the executor's part done; how long that took, in nanoseconds. */
  long execute(CloudSteps.Claimed run) throws IOException {
    return order("execute " + run.id());
  }

  private long order(String order) throws IOException {
    orders.println(order);
    for (var line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(TOOK)) {
        return Long.parseLong(line.substring(TOOK.length()));
      }
    }
    throw new IOException("the bare program has ended");
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

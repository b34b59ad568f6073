package io.tda.worker.local;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One call of the command line, in this process. */
record Cli(int exitCode, String out, String err) {

  static Cli run(String... args) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode =
        WorkerCli.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
    return new Cli(exitCode, out.toString(), err.toString());
  }
}

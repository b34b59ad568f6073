package io.tda.worker.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.bench.stack.ServiceApp;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./worker image}: makes what an image holds, and tries it. */
@Command(
    name = "worker image",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Makes the layout of both images without a container engine, and tries it.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0: both services start from their cache, and fast enough",
      "1: a service does not start from its cache, or a target is missed",
      "64: bad usage",
      "70: the build failed, or a bug of this program"
    })
public final class ImageCli implements Callable<Integer> {
  private static final int USAGE = 64;
  private static final int MISSED = 1;

  @Spec private CommandSpec spec;

  @Option(names = "--check", description = "train the caches, start from them, print the figures")
  private boolean check;

  @Option(names = "--quick", description = "with --check: fewer starts and events, no targets")
  private boolean quick;

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description = "train the cache of the service in this folder: for the build of an image")
  private @Nullable Path train;

  @Option(
      names = "--service",
      paramLabel = "NAME",
      description = "with --train: dispatcher or executor")
  private @Nullable String service;

  private ImageCli() {}

  /** Runs, and exits with the documented code. */
  public static void main(String[] args) {
    System.exit(
        new CommandLine(new ImageCli())
            .setOut(new PrintWriter(System.out, true, UTF_8))
            .setErr(new PrintWriter(System.err, true, UTF_8))
            .setParameterExceptionHandler(ImageCli::badUsage)
            .setExecutionExceptionHandler(ImageCli::failed)
            .execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (check == (train != null)) {
      throw new ParameterException(spec.commandLine(), "one of --check and --train is needed");
    }
    try (var cloud = DoubleCloud.start()) {
      return train == null ? check(cloud) : train(cloud, train);
    }
  }

  private int train(DoubleCloud cloud, Path folder) throws Exception {
    if (service == null) {
      throw new ParameterException(spec.commandLine(), "--train needs --service");
    }
    var cache = Training.train(ServiceApp.in(folder, service), cloud);
    spec.commandLine().getOut().println("trained: " + cache);
    return CommandLine.ExitCode.OK;
  }

  private int check(DoubleCloud cloud) throws Exception {
    var out = spec.commandLine().getOut();
    var effort = quick ? ImageCheck.Effort.QUICK : ImageCheck.Effort.FULL;
    boolean met = true;
    for (var target : List.of(ImageTarget.DISPATCHER, ImageTarget.EXECUTOR)) {
      var result = ImageCheck.of(target.app(), cloud, effort);
      result.lines().forEach(out::println);
      var misses = quick ? List.<String>of() : target.misses(result);
      misses.forEach(out::println);
      met &= misses.isEmpty();
    }
    return met ? CommandLine.ExitCode.OK : MISSED;
  }

  private static int badUsage(ParameterException e, String[] args) {
    e.getCommandLine().getErr().println("worker image: " + e.getMessage());
    return USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    command.getErr().println("worker image: " + e.getMessage());
    return MISSED;
  }
}

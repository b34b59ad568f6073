package io.tda.worker.infra.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The terraform command on this machine. */
final class Terraform {
  private static final long SECONDS_AT_MOST = 180;

  /**
   * How a command ended.
   *
   * @param output what it said on stdout
   */
  record Ended(int code, String output) {}

  private final Path command;
  private final Map<String, String> environment;

  private Terraform(Path command, Map<String, String> environment) {
    this.command = command;
    this.environment = Map.copyOf(environment);
  }

  /** Empty where none is installed. */
  static Optional<Terraform> find(Map<String, String> environment) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder, "terraform"))
        .filter(Files::isExecutable)
        .findFirst()
        .map(command -> new Terraform(command, environment));
  }

  Ended run(Path folder, String arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(arguments.split(" ")));
    Path output = Files.createTempFile("terraform", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("terraform did not end within " + SECONDS_AT_MOST + " s");
    }
    String said = Files.readString(output);
    Files.delete(output);
    return new Ended(process.exitValue(), said);
  }
}

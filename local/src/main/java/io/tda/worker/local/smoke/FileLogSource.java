package io.tda.worker.local.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.id.RunId;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The lines that a dev stack's services have written to stdout, kept in a file by the stack. */
public final class FileLogSource implements LogSource {
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path file;

  /** Reads from this file, which another process writes. */
  public FileLogSource(Path file) {
    this.file = file;
  }

  @Override
  public List<LoggedLine> read(Set<RunId> runs) {
    var ids = runs.stream().map(RunId::value).collect(Collectors.toSet());
    var found = new ArrayList<LoggedLine>();
    long number = 0;
    for (var text : lines()) {
      number++;
      if (StrictJson.parse(text) instanceof StrictJson.Result.Parsed(var json)) {
        LoggedLine.of(json, json.path("severity").asText(""), number)
            .filter(line -> ids.contains(line.runId()))
            .ifPresent(found::add);
      }
    }
    return List.copyOf(found);
  }

  /** The last line may be half there; it is no JSON then. */
  private List<String> lines() {
    try {
      return new String(Files.readAllBytes(file), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new LogSourceException("the dev stack's log cannot be read: " + file);
    }
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }

  @Override
  public Duration patience() {
    return PATIENCE;
  }

  @Override
  public String title() {
    return "the services' stdout, in " + file;
  }
}

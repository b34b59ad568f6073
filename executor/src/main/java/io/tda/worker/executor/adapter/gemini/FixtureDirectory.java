package io.tda.worker.executor.adapter.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.json.StrictJson;
import io.tda.worker.llm.LLMResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stored answers, one file each, in the form in which the REST API gives them: a {@code
 * generateContent} answer, or {@code {"error": {code, status, details}}}.
 */
final class FixtureDirectory {
  private final Path directory;

  FixtureDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * The answer in the first file that exists.
   *
   * @return empty where none does
   * @throws StepException the stored error, or {@code LLM_MOCK_MISSING} for a file that is unusable
   */
  Optional<LLMResponse> find(List<String> names) {
    for (var name : names) {
      try {
        return Optional.of(parse(name, Files.readAllBytes(directory.resolve(name))));
      } catch (NoSuchFileException e) {
        // The next name may be there.
      } catch (IOException e) {
        throw unusable(name, "cannot be read", e.getClass().getSimpleName());
      }
    }
    return Optional.empty();
  }

  /** Makes a place for an answer; fails, if at all, before the answer is paid for. */
  Path reserve(String name) {
    try {
      Files.createDirectories(directory);
      return Files.createTempFile(directory, ".recording-", ".tmp");
    } catch (IOException e) {
      throw unusable(name, "cannot be written", e.getClass().getSimpleName());
    }
  }

  /** Puts a whole file in place, or none. */
  void save(Path reserved, String name, JsonNode content) throws IOException {
    Files.write(reserved, content.toPrettyString().getBytes(UTF_8));
    Files.move(reserved, directory.resolve(name), ATOMIC_MOVE);
  }

  private static LLMResponse parse(String name, byte[] bytes) {
    return switch (StrictJson.parse(bytes)) {
      case StrictJson.Result.Parsed(var json) -> parse(name, json);
      case StrictJson.Result.Malformed(var reason) -> throw malformed(name, reason);
    };
  }

  private static LLMResponse parse(String name, JsonNode json) {
    var error = json.path("error");
    if (error.isObject()) {
      if (!error.path("code").isInt()) {
        throw malformed(name, "/error/code: not a number");
      }
      var body = GeminiErrorBody.of(error.path("code").intValue(), error);
      throw new StepException(GeminiErrors.refused(body));
    }
    return switch (GeminiAnswerParser.parse(json)) {
      case GeminiAnswerParser.Result.Parsed(var response) -> response;
      case GeminiAnswerParser.Result.Malformed(var reason) -> throw malformed(name, reason);
    };
  }

  private static StepException malformed(String name, String reason) {
    return unusable(name, "is no generateContent answer", reason);
  }

  private static StepException unusable(String name, String problem, String reason) {
    return new StepException(
        StepError.of(
            ErrorCode.LLM_MOCK_MISSING,
            "the stored answer " + problem,
            Map.of("fixture", name, "reason", reason)));
  }
}

package io.tda.worker.local.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.auth.oauth2.GoogleCredentials;
import io.tda.worker.id.RunId;
import io.tda.worker.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The lines that Cloud Logging has taken from Cloud Run, by {@code entries.list}. One request for
 * all runs, and one more for each further page: a project has 60 a minute.
 */
public final class LoggingApi implements LogSource {
  /** Where Google answers. */
  public static final URI GOOGLE = URI.create("https://logging.googleapis.com");

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final int PAGE = 1000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;
  private final GoogleCredentials credentials;
  private final String project;
  private final Instant since;

  /**
   * Connects to nothing yet.
   *
   * @param since nothing older is looked for; what is spares the search the whole log
   */
  public LoggingApi(URI endpoint, GoogleCredentials credentials, String project, Instant since) {
    this.endpoint = endpoint.resolve("/v2/entries:list");
    this.credentials = credentials;
    this.project = project;
    this.since = since.truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public List<LoggedLine> read(Set<RunId> runs) {
    var found = new ArrayList<LoggedLine>();
    var filter = filter(runs);
    var page = "";
    do {
      var answer = ask(filter, page);
      answer.path("entries").forEach(entry -> add(found, entry));
      page = answer.path("nextPageToken").asText("");
    } while (!page.isEmpty());
    return List.copyOf(found);
  }

  private String filter(Set<RunId> runs) {
    var ids =
        runs.stream()
            .map(id -> '"' + id.value() + '"')
            .sorted()
            .collect(Collectors.joining(" OR "));
    return """
    resource.type="cloud_run_revision" AND jsonPayload.service="worker_llm_client"
    timestamp>="%s"
    jsonPayload.runId=(%s)\
    """
        .formatted(since, ids);
  }

  /** An entry keeps the line's severity and time beside what else the line says. */
  private static void add(List<LoggedLine> found, JsonNode entry) {
    LoggedLine.of(
            entry.path("jsonPayload"),
            entry.path("severity").asText(""),
            order(entry.path("timestamp").asText("")))
        .ifPresent(found::add);
  }

  private static long order(String timestamp) {
    try {
      return ChronoUnit.NANOS.between(Instant.EPOCH, Instant.parse(timestamp));
    } catch (DateTimeParseException e) {
      throw new LogSourceException("the Logging API names no time that can be read");
    }
  }

  private JsonNode ask(String filter, String page) {
    var json = JsonNodeFactory.instance.objectNode();
    json.putArray("resourceNames").add("projects/" + project);
    json.put("filter", filter).put("orderBy", "timestamp asc").put("pageSize", PAGE);
    if (!page.isEmpty()) {
      json.put("pageToken", page);
    }
    var answer = send(json.toString());
    return switch (answer.statusCode()) {
      case 200 ->
          StrictJson.parse(answer.body()) instanceof StrictJson.Result.Parsed(var body)
              ? body
              : JsonNodeFactory.instance.objectNode();
      // It is asked again soon.
      case 429, 500, 502, 503, 504 -> JsonNodeFactory.instance.objectNode();
      case 401, 403 ->
          throw new LogSourceException(
              "the Logging API refuses (%d): reading project %s's log takes roles/logging.viewer"
                  .formatted(answer.statusCode(), project));
      default -> throw new LogSourceException("the Logging API answers " + answer.statusCode());
    };
  }

  private HttpResponse<String> send(String body) {
    try {
      var request =
          HttpRequest.newBuilder(endpoint)
              .timeout(ANSWER)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body, UTF_8));
      // Also names the project that pays, where a person's own account asks.
      credentials
          .getRequestMetadata(endpoint)
          .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
      return client.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException e) {
      throw new LogSourceException("the Logging API cannot be reached");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
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
    return "the Logging API of project " + project;
  }
}

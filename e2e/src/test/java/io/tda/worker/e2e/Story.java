package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a service has to tell about a run: events from INFO on, each with what makes it different,
 * such as {@code push_finished 204}. What happens at the same time has no order: the loading of the
 * context is left out, and what is told of an input while the lease is acquired comes after that.
 */
record Story(Stack stack, RunBuilder run) {
  private static final Set<String> CONTEXT =
      Set.of(
          "prompt_fetch_finished",
          "gcs_read_finished",
          "charts_manifest_parsed",
          "context_resolve_finished",
          "schema_keywords_dropped");

  /** What is odd about an input. It may be known before the lease is acquired. */
  private static final Set<String> ODD =
      Set.of(
          "llm_profile_keys_ignored",
          "charts_manifest_no_images",
          "chart_image_too_large",
          "context_json_invalid",
          "context_json_too_large",
          "schema_sha256_mismatch",
          "structured_output_schema_invalid");

  private static final List<String> TELLING =
      List.of("/reason/kind", "/reason", "/status", "/error/code", "/outcome", "/claimed");

  /** A line may be on its way when the answer to its request has come. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(20);

  static Story of(Stack stack, RunBuilder run) {
    return new Story(stack, run);
  }

  /** Waits for exactly these events, and says what is different if they do not come. */
  Story dispatcher(String... events) {
    return tells(ServiceApp.DISPATCHER, events);
  }

  /** The same of the executor. */
  Story executor(String... events) {
    return tells(ServiceApp.EXECUTOR, events);
  }

  private Story tells(ServiceApp app, String... events) {
    var expected = List.of(events);
    try {
      Awaiting.value(
          "the story", ON_ITS_WAY, () -> Optional.of(told(app)).filter(expected::equals));
    } catch (AssertionError e) {
      assertThat(told(app)).as("what the %s tells", app.component()).isEqualTo(expected);
    }
    return this;
  }

  /** Waits for these events of a dispatcher, told apart by the CloudEvent that they are about. */
  Story dispatcherByEvent(List<List<String>> stories) {
    try {
      Awaiting.value(
          "the stories", ON_ITS_WAY, () -> Optional.of(byEvent()).filter(stories::equals));
    } catch (AssertionError e) {
      assertThat(byEvent()).as("what the dispatcher tells").isEqualTo(stories);
    }
    return this;
  }

  private List<List<String>> byEvent() {
    var stories = new LinkedHashMap<String, List<String>>();
    for (var line : told(line -> line.component().equals("dispatcher"))) {
      stories.computeIfAbsent(line.text("eventId"), _ -> new ArrayList<>()).add(tell(line));
    }
    return List.copyOf(stories.values());
  }

  /** The events of the context, in the order of their names, with their kinds. */
  String context() {
    return stack.log(run).stream()
        .filter(line -> CONTEXT.contains(line.event()))
        .map(line -> (line.event() + " " + line.text("kind")).strip())
        .filter(event -> !event.equals("schema_keywords_dropped"))
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** All events of an executor's or a dispatcher's line about the run, in order. */
  List<String> told(ServiceApp app) {
    return told(line -> line.component().equals(app.component())).stream()
        .map(Story::tell)
        .toList();
  }

  private List<LogLine> told(Predicate<LogLine> which) {
    var told = new ArrayList<LogLine>();
    var early = new ArrayList<LogLine>();
    stack.log(run).stream()
        .filter(which)
        .filter(line -> !line.severity().equals("DEBUG"))
        .filter(line -> !CONTEXT.contains(line.event()))
        .forEach(line -> {
          if (ODD.contains(line.event())) {
            early.add(line);
            return;
          }
          if (line.event().equals("lease_acquired")) {
            told.add(line);
            told.addAll(early);
          } else {
            told.addAll(early);
            told.add(line);
          }
          early.clear();
        });
    told.addAll(early);
    return told;
  }

  private static String tell(LogLine line) {
    return TELLING.stream()
        .map(line::at)
        .filter(detail -> detail.isValueNode())
        .findFirst()
        .map(detail -> line.event() + " " + detail.asText())
        .orElse(line.event());
  }
}

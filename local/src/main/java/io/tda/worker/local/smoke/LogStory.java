package io.tda.worker.local.smoke;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/**
 * What the services told about a run, in a form that is always the same where all is well.
 *
 * <p>It levels out what the platform does not promise, and nothing else. Lines of one instant are
 * put into the usual order, since Cloud Logging keeps milliseconds. What is loaded at the same time
 * is sorted. Events are told apart, and sorted, since Eventarc orders none. An event or message
 * that comes again and changes nothing is left out, since both come at least once.
 */
final class LogStory {
  static final String DISPATCHER = "dispatcher";
  static final String EXECUTOR = "executor";

  /** Stands for an event that asked for nothing. */
  static final String ECHO = "an event that asks for nothing";

  /** All lines between two others that have an order: the lease is acquired while inputs load. */
  private static final Set<String> LOADING =
      Set.of(
          "lease_acquired",
          "prompt_fetch_finished",
          "gcs_read_finished",
          "charts_manifest_parsed",
          "charts_manifest_no_images",
          "chart_image_too_large",
          "context_json_invalid",
          "context_json_too_large",
          "context_resolve_finished",
          "schema_keywords_dropped",
          "schema_sha256_mismatch",
          "structured_output_schema_invalid");

  /** Depends on a setting of the environment, not on whether the worker works. */
  private static final Set<String> BY_CHOICE = Set.of("raw_output_quarantined");

  private static final List<String> USUAL =
      List.of(
          "cloud_event_received",
          "cloud_event_parsed",
          "cloud_event_noop",
          "ready_step_selected",
          "claim_attempt",
          "step_claimed_published",
          "cloud_event_finished",
          "step_claimed_received",
          "step_claim_stale",
          "lease_acquired",
          "user_input_built",
          "llm_request_started",
          "llm_request_finished",
          "structured_output_invalid",
          "gcs_write_finished",
          "step_completed",
          "step_failed",
          "push_finished");

  private static final List<String> OPENING =
      List.of("cloud_event_received", "step_claimed_received");

  private final List<LoggedLine> lines;

  private LogStory(List<LoggedLine> lines) {
    this.lines = lines;
  }

  static LogStory of(List<LoggedLine> lines) {
    return new LogStory(
        lines.stream()
            .filter(line -> !BY_CHOICE.contains(line.event()))
            .sorted(
                Comparator.comparingLong(LoggedLine::order)
                    .thenComparingInt(line -> rank(line.event())))
            .toList());
  }

  private static int rank(String event) {
    return LOADING.contains(event)
        ? USUAL.indexOf("lease_acquired") * 2 + 1
        : USUAL.contains(event) ? USUAL.indexOf(event) * 2 : USUAL.size() * 2;
  }

  /** What the dispatcher told: one text for each event that came, sorted. */
  List<String> dispatcher() {
    return deliveries(DISPATCHER).stream()
        .map(delivery -> isEcho(delivery) ? ECHO : String.join(", ", told(delivery)))
        .sorted()
        .toList();
  }

  /** What the executor told, in order. */
  List<String> executor() {
    return deliveries(EXECUTOR).stream().flatMap(delivery -> told(delivery).stream()).toList();
  }

  /** Calls that were begun, whatever became of them. */
  long modelCalls() {
    return lines.stream().filter(line -> line.event().equals("llm_request_started")).count();
  }

  /** The deliveries to a service, without those that only repeat an earlier one. */
  private List<List<LoggedLine>> deliveries(String component) {
    var byName = new LinkedHashMap<String, List<LoggedLine>>();
    lines.stream()
        .filter(line -> line.component().equals(component))
        .forEach(line -> byName.computeIfAbsent(line.delivery(), _ -> new ArrayList<>()).add(line));
    var all = new ArrayList<List<LoggedLine>>();
    for (var ofOne : byName.values()) {
      var first = all.size();
      for (var delivery : split(ofOne)) {
        if (all.size() == first || !changesNothing(delivery)) {
          all.add(delivery);
        }
      }
    }
    return all;
  }

  private static List<List<LoggedLine>> split(List<LoggedLine> lines) {
    var parts = new ArrayList<List<LoggedLine>>();
    for (var line : lines) {
      if (parts.isEmpty() || OPENING.contains(line.event())) {
        parts.add(new ArrayList<>());
      }
      parts.getLast().add(line);
    }
    return parts;
  }

  private static boolean changesNothing(List<LoggedLine> delivery) {
    return delivery.getLast().told().equals("cloud_event_finished noop")
        || told(delivery)
            .equals(
                List.of(
                    "step_claimed_received", "step_claim_stale step_final", "push_finished 204"));
  }

  /** Whether the event carried its document decides if the dispatcher has to look. */
  private static boolean isEcho(List<LoggedLine> delivery) {
    var events = delivery.stream().map(LoggedLine::event).toList();
    return delivery.getLast().told().equals("cloud_event_finished noop")
        && (events.equals(
                List.of("cloud_event_received", "cloud_event_noop", "cloud_event_finished"))
            || events.equals(
                List.of(
                    "cloud_event_received",
                    "cloud_event_parsed",
                    "cloud_event_noop",
                    "cloud_event_finished")));
  }

  /** Each stretch of loading lines is sorted; all else stays where it is. */
  private static List<String> told(List<LoggedLine> delivery) {
    var told = new ArrayList<String>();
    int stretch = 0;
    for (var line : delivery) {
      told.add(line.told());
      if (LOADING.contains(line.event())) {
        Collections.sort(told.subList(stretch, told.size()));
      } else {
        stretch = told.size();
      }
    }
    return List.copyOf(told);
  }
}

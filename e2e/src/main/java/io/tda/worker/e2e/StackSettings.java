package io.tda.worker.e2e;

import java.util.HashMap;
import java.util.Map;

/**
 * How a stack differs from others.
 *
 * @param name tells its collections and topics from those of other stacks: letters and digits
 * @param events whether changes of runs reach the dispatchers by themselves; else tests post them
 * @param variables what the services are told besides; the dispatcher ignores the executor's
 */
public record StackSettings(
    String name, Orders orders, int dispatchers, boolean events, Map<String, String> variables) {

  /** How claims come to the executor. */
  public enum Orders {
    /** By an ordered push subscription, which repeats for ever: the emulator cannot do better. */
    PUSHED,
    /** By an unordered push subscription that gives up after five attempts, to dead letters. */
    DEAD_LETTERED,
    /** They stay on the topic; tests fetch them and push them by hand. */
    HELD
  }

  public StackSettings {
    variables = Map.copyOf(variables);
  }

  /** One dispatcher, one executor, usual settings. */
  public static StackSettings of(String name, Orders orders) {
    return new StackSettings(name, orders, 1, false, Map.of());
  }

  /** With the platform's events, which only one stack of a platform can have. */
  public StackSettings withEvents() {
    return new StackSettings(name, orders, dispatchers, true, variables);
  }

  /** With several dispatchers. */
  public StackSettings withDispatchers(int count) {
    return new StackSettings(name, orders, count, events, variables);
  }

  /** With one more variable. */
  public StackSettings with(String variable, String value) {
    var more = new HashMap<>(variables);
    more.put(variable, value);
    return new StackSettings(name, orders, dispatchers, events, more);
  }

  String runs() {
    return "flow_runs_" + name;
  }

  String leases() {
    return "step_leases_" + name;
  }

  /** The topic of its claims. */
  String topic() {
    return "step-claimed-" + name;
  }

  String deadLetterTopic() {
    return "dead-letters-" + name;
  }
}

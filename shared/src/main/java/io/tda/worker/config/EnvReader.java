package io.tda.worker.config;

import io.tda.worker.config.Variable.Unset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The variables of one role in one environment: each is checked by its own rule at once, then
 * callers check what several have to agree on, and at last the settings are built if nothing was
 * wrong.
 */
final class EnvReader {
  private final Map<Variable<?>, Object> values = new HashMap<>();
  private final SortedSet<String> given = new TreeSet<>();
  private final SortedSet<ConfigFinding> problems = new TreeSet<>();
  private final SortedSet<ConfigFinding> warnings = new TreeSet<>();

  EnvReader(Map<String, String> env, Audience role) {
    Variables.ALL.stream()
        .filter(variable -> variable.audience().includes(role))
        .forEach(variable -> read(variable, env));
  }

  private void read(Variable<?> variable, Map<String, String> env) {
    var text = trim(env.getOrDefault(variable.name(), ""));
    if (!text.isEmpty()) {
      given.add(variable.name());
      parse(variable, text);
      return;
    }
    switch (variable.unset()) {
      case Unset.Default(var fallback) -> parse(variable, fallback);
      case Unset.Refused _ -> refuse(variable, "is required: " + variable.rule().text());
      case Unset.Absent _ -> {}
    }
  }

  private void parse(Variable<?> variable, String text) {
    variable
        .rule()
        .parser()
        .apply(text)
        .ifPresentOrElse(
            value -> values.put(variable, value),
            () -> refuse(variable, "must be " + variable.rule().text()));
  }

  /** Without the spaces and line ends that editors and secret files add. */
  static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }

  /** The value or its default; empty where there is neither, or the value breaks its rule. */
  @SuppressWarnings("unchecked") // values are put in under the variable whose rule parsed them
  <T> Optional<T> find(Variable<T> variable) {
    return Optional.ofNullable((T) values.get(variable));
  }

  /** The value, where no problem was found. */
  <T> T get(Variable<T> variable) {
    return find(variable)
        .orElseThrow(() -> new IllegalStateException(variable.name() + " was not checked"));
  }

  /** Whether the variable has a text of its own, valid or not. */
  boolean isGiven(Variable<?> variable) {
    return given.contains(variable.name());
  }

  /** Reports the variable if it is not set, or blank. */
  void require(Variable<?> variable, String reason) {
    if (!isGiven(variable)) {
      refuse(variable, "is required " + reason);
    }
  }

  /** Reports all but the first of several values that have to differ. */
  void requireDistinct(List<Variable<String>> variables) {
    for (int i = 1; i < variables.size(); i++) {
      for (var earlier : variables.subList(0, i)) {
        var value = find(variables.get(i));
        if (value.isPresent() && value.equals(find(earlier))) {
          refuse(variables.get(i), "must differ from " + earlier.name());
        }
      }
    }
  }

  void refuse(Variable<?> variable, String rule) {
    problems.add(new ConfigFinding(variable.name(), rule));
  }

  /** Warns of each of the variables that is given but has no effect. */
  void warnIgnored(String reason, Variable<?>... variables) {
    Arrays.stream(variables)
        .filter(this::isGiven)
        .forEach(
            variable -> warnings.add(new ConfigFinding(variable.name(), "is ignored: " + reason)));
  }

  <S> ConfigResult<S> finish(Supplier<WorkerConfig<S>> config) {
    return problems.isEmpty()
        ? new ConfigResult.Valid<>(config.get(), List.copyOf(warnings), List.copyOf(given))
        : new ConfigResult.Invalid<>(List.copyOf(problems));
  }
}

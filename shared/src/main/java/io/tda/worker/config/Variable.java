package io.tda.worker.config;

/**
 * One environment variable, declared once: the code reads by it and the documentation is made from
 * it.
 *
 * @param unset what holds where it is not set, or blank
 * @param meaning one sentence for a person
 */
record Variable<T>(String name, Audience audience, Rule<T> rule, Unset unset, String meaning) {

  /** What holds where a variable is not set. */
  sealed interface Unset {

    /** This value, written as it would be in the environment. */
    record Default(String text) implements Unset {}

    /** The service does not start. */
    record Refused() implements Unset {}

    /** There is none; other variables may ask for it. */
    record Absent() implements Unset {}
  }

  static <T> Variable<T> withDefault(
      String name, Audience audience, Rule<T> rule, Object value, String meaning) {
    return new Variable<>(name, audience, rule, new Unset.Default(String.valueOf(value)), meaning);
  }

  static <T> Variable<T> required(String name, Audience audience, Rule<T> rule, String meaning) {
    return new Variable<>(name, audience, rule, new Unset.Refused(), meaning);
  }

  static <T> Variable<T> optional(String name, Audience audience, Rule<T> rule, String meaning) {
    return new Variable<>(name, audience, rule, new Unset.Absent(), meaning);
  }
}

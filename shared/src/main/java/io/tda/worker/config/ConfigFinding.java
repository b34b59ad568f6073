package io.tda.worker.config;

import java.util.Comparator;

/**
 * What is to be said about one variable: why it cannot be used, or what is odd about it.
 *
 * @param rule what it has to be, such as {@code "must be a whole number from 1 to 20"}; never what
 *     it was
 */
public record ConfigFinding(String variable, String rule) implements Comparable<ConfigFinding> {
  private static final Comparator<ConfigFinding> ORDER =
      Comparator.comparing(ConfigFinding::variable).thenComparing(ConfigFinding::rule);

  @Override
  public int compareTo(ConfigFinding other) {
    return ORDER.compare(this, other);
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return variable + " " + rule;
  }
}

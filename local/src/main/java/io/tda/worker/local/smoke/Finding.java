package io.tda.worker.local.smoke;

/**
 * Something that is not as it has to be.
 *
 * @param where such as {@code executor's log}
 * @param what what was expected there and what was seen: names and codes, never content
 */
public record Finding(String where, String what) {
  @Override
  public String toString() {
    return where + ": " + what;
  }
}

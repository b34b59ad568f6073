package io.tda.worker.log;

/** How much a line matters. */
public enum Severity {
  /** Of use to who debugs. */
  DEBUG,
  /** A state has changed. */
  INFO,
  /** An attempt failed and will be repeated, or something was given up that is not needed. */
  WARNING,
  /** A person has to act. */
  ERROR;

  /** INFO for what went well; WARNING for what did not, as whoever gives up says so by itself. */
  static Severity infoIf(boolean ok) {
    return ok ? INFO : WARNING;
  }
}

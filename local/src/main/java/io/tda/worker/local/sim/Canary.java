package io.tda.worker.local.sim;

/** What must never be seen outside its place. */
enum Canary {
  PROMPT,
  CONTEXT,
  OUTPUT;

  /** What all of them begin with. */
  static final String MARK = "CANARY-";

  String text() {
    return MARK + name();
  }
}

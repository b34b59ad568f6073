package io.tda.worker.local.sim;

/** What always holds. */
enum Invariant {
  I1("a step leaves READY once, by one claimant"),
  I2("one unexpired lease holder a step; a superseded one writes neither step nor lease"),
  I3("one model call a lease holding, plus one repair; duplicates cause none"),
  I4("the report is written once and never changed; SUCCEEDED only with a valid one"),
  I5("every RUNNING step ends in bounded time; nothing stays stuck"),
  I6("nobody writes READY, or another step, or the run's status"),
  I7("no prompt, payload, output or secret leaves its place"),
  I8("no external call starts in the finalize reserve; the end is always tried"),
  I9("unknown and extra fields are kept and ignored"),
  /** Not one of the nine, but never right either. */
  NO_BUG("no exception is left uncaught");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}

package io.tda.worker.e2e;

/** What a process can be sent. */
public enum Signal {
  /** Asks it to end: what Cloud Run sends. */
  TERM,
  /** Ends it at once; it notices nothing. */
  KILL,
  /** Freezes it: its connections stay open, its clock goes on. */
  STOP,
  /** Lets a frozen one go on. */
  CONT
}

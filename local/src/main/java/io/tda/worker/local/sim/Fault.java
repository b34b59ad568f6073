package io.tda.worker.local.sim;

/** Everything that can go wrong, and how often it does where nothing else is said. */
enum Fault {
  /** An answer that takes seconds. */
  FIRESTORE_SLOW(FaultGroup.FIRESTORE, 0.03),
  /** Nothing was done, and the caller is told so only by an error. */
  FIRESTORE_UNAVAILABLE(FaultGroup.FIRESTORE, 0.02),
  /** A commit that lost against contention nobody else saw. */
  FIRESTORE_ABORTED(FaultGroup.FIRESTORE, 0.03),
  /** The commit was carried out; the caller gets an error. */
  FIRESTORE_ANSWER_LOST(FaultGroup.FIRESTORE, 0.02),
  /** The client repeated a commit that was carried out, and tells of the repetition's refusal. */
  FIRESTORE_RETRIED(FaultGroup.FIRESTORE, 0.03),
  /** The caller's deadline passes first; the commit is carried out all the same. */
  FIRESTORE_LATE(FaultGroup.FIRESTORE, 0.01),

  EVENT_DUPLICATE(FaultGroup.EVENTARC, 0.15),
  /** Later events overtake it. */
  EVENT_REORDERED(FaultGroup.EVENTARC, 0.2),
  /** Minutes. */
  EVENT_DELAYED(FaultGroup.EVENTARC, 0.08),
  EVENT_DROPPED(FaultGroup.EVENTARC, 0.05),
  /** Without the document. */
  EVENT_BARE(FaultGroup.EVENTARC, 0.25),
  /** It was handled; the answer was lost, so it comes again. */
  EVENT_REDELIVERED(FaultGroup.EVENTARC, 0.05),

  PUBLISH_UNAVAILABLE(FaultGroup.PUBSUB, 0.05),
  /** The message was taken; the publisher gets an error. */
  PUBLISH_ANSWER_LOST(FaultGroup.PUBSUB, 0.04),
  /** The service lost what it had taken; it must not, but then the sweep helps. */
  MESSAGE_LOST(FaultGroup.PUBSUB, 0.02),
  MESSAGE_DUPLICATE(FaultGroup.PUBSUB, 0.12),
  /** A long backlog. */
  MESSAGE_DELAYED(FaultGroup.PUBSUB, 0.05),
  /** A message that nobody can read. */
  MESSAGE_UNREADABLE(FaultGroup.PUBSUB, 0.03),
  /** A message with fields of a newer version. */
  MESSAGE_EXTENDED(FaultGroup.PUBSUB, 0.3),
  /**
   * The request never arrives; it counts as failed when the acknowledgement deadline has passed.
   */
  PUSH_LOST(FaultGroup.PUBSUB, 0.03),
  /** The deadline passes for the service while the executor is still at work. */
  DEADLINE_PASSED_EARLY(FaultGroup.PUBSUB, 0.04),
  ACK_LOST(FaultGroup.PUBSUB, 0.04),
  /** Counts are best effort. */
  ATTEMPT_MISCOUNTED(FaultGroup.PUBSUB, 0.15),
  DEAD_LETTERED_EARLY(FaultGroup.PUBSUB, 0.02),

  STORAGE_SLOW(FaultGroup.STORAGE, 0.03),
  STORAGE_UNAVAILABLE(FaultGroup.STORAGE, 0.02),
  /** The object was created; the caller gets an error. */
  STORAGE_ANSWER_LOST(FaultGroup.STORAGE, 0.06),
  /** The client repeated a creation that was carried out: 412, our own success. */
  STORAGE_RETRIED(FaultGroup.STORAGE, 0.06),
  /** 429 on the object's name, and no object. */
  STORAGE_RATE_LIMITED(FaultGroup.STORAGE, 0.04),
  /** Somebody else's object lies where the report belongs. */
  STORAGE_FOREIGN_OBJECT(FaultGroup.STORAGE, 0.04),

  MODEL_SLOW(FaultGroup.MODEL, 0.08),
  MODEL_STALL(FaultGroup.MODEL, 0.05),
  /** The call does not come back: not at its deadline, and not when it is cancelled. */
  MODEL_HANGS(FaultGroup.MODEL, 0.01),
  /** 429 with {@code RetryInfo}. */
  MODEL_BURST_LIMIT(FaultGroup.MODEL, 0.06),
  /** 429 without. */
  MODEL_QUOTA(FaultGroup.MODEL, 0.04),
  MODEL_UNAVAILABLE(FaultGroup.MODEL, 0.08),
  /** Cut off at {@code MAX_TOKENS}. */
  MODEL_TRUNCATED(FaultGroup.MODEL, 0.05),
  MODEL_INVALID(FaultGroup.MODEL, 0.08),
  MODEL_EMPTY(FaultGroup.MODEL, 0.03),
  MODEL_BLOCKED(FaultGroup.MODEL, 0.02),
  MODEL_WITHHELD(FaultGroup.MODEL, 0.02),
  MODEL_UNKNOWN_REASON(FaultGroup.MODEL, 0.05),
  MODEL_REFUSED(FaultGroup.MODEL, 0.01),
  /** The client throws what it never should. */
  MODEL_BUG(FaultGroup.MODEL, 0.02),

  SCHEDULER_MISSED(FaultGroup.SCHEDULER, 0.15),
  SCHEDULER_DUPLICATE(FaultGroup.SCHEDULER, 0.15),

  /** An instance whose clock is up to five seconds off. */
  CLOCK_SKEW(FaultGroup.CLOCK, 0.7),

  /** {@code kill -9} just before a request. */
  PROCESS_KILLED(FaultGroup.PROCESS, 0.004),
  /** {@code kill -9} while a request is under way. */
  PROCESS_KILLED_IN_FLIGHT(FaultGroup.PROCESS, 0.006),
  /** {@code SIGTERM}, and {@code kill -9} when the grace is over. */
  PROCESS_TERMINATED(FaultGroup.PROCESS, 0.004),
  /** {@code SIGSTOP}, and {@code SIGCONT} when its leases may have expired. */
  PROCESS_PAUSED(FaultGroup.PROCESS, 0.003),

  RUN_TOUCHED(FaultGroup.ORCHESTRATOR, 0.3),
  STEP_CANCELLED(FaultGroup.ORCHESTRATOR, 0.03),
  RUN_CANCELLED(FaultGroup.ORCHESTRATOR, 0.01),
  STEP_REPLANNED(FaultGroup.ORCHESTRATOR, 0.05),
  STEP_ADDED(FaultGroup.ORCHESTRATOR, 0.03),
  STEP_BROKEN(FaultGroup.ORCHESTRATOR, 0.03),
  RUN_DELETED(FaultGroup.ORCHESTRATOR, 0.002);

  private final FaultGroup group;
  private final double rate;

  Fault(FaultGroup group, double rate) {
    this.group = group;
    this.rate = rate;
  }

  FaultGroup group() {
    return group;
  }

  /** How often it strikes, at each opportunity. */
  double rate() {
    return rate;
  }
}

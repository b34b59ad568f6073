package io.tda.worker.adapter.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request is answered.
 *
 * @param json null for an answer without a body, which is what those who only look at the status
 *     get
 */
public record Answer(int status, @Nullable String json) {
  /** Done: neither Pub/Sub nor Eventarc sends it again. */
  public static final Answer DONE = new Answer(204, null);

  /** It is not what it should be; it comes again and ends among the dead letters. */
  public static final Answer BAD_REQUEST = new Answer(400, null);

  /** The caller does not say who it is. */
  public static final Answer UNAUTHORIZED = new Answer(401, null);

  /** The caller is not one of ours. */
  public static final Answer FORBIDDEN = new Answer(403, null);

  /** The body came too slowly. */
  public static final Answer TIMED_OUT = new Answer(408, null);

  /** The body is over the limit. */
  public static final Answer TOO_LARGE = new Answer(413, null);

  /** Somebody else is at work on it; it is to come again. */
  public static final Answer IN_PROGRESS = new Answer(429, null);

  /** Nothing is recorded; it is to come again. */
  public static final Answer COME_AGAIN = new Answer(503, null);

  /** Done, with something to say. */
  public static Answer json(String json) {
    return new Answer(200, json);
  }
}

package io.tda.worker.config;

import static io.tda.worker.config.Audience.DISPATCHER;
import static io.tda.worker.config.Audience.EXECUTOR;
import static io.tda.worker.config.Variable.withDefault;

import java.util.List;

/** The variables of sizes and counts. */
final class LimitVariables {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  static final Variable<Integer> MAX_CONTEXT_BYTES =
      withDefault(
          "MAX_CONTEXT_BYTES",
          EXECUTOR,
          Rule.number(KIB, MIB),
          Limits.DEFAULT.maxContextBytes(),
          "One JSON artifact of the context, as stored.");

  static final Variable<Integer> MAX_CHART_BYTES =
      withDefault(
          "MAX_CHART_BYTES",
          EXECUTOR,
          Rule.number(KIB, 7 * MIB),
          Limits.DEFAULT.maxChartBytes(),
          "One chart image; at most `MAX_INLINE_BYTES`.");

  static final Variable<Integer> MAX_IMAGES =
      withDefault(
          "MAX_IMAGES",
          EXECUTOR,
          Rule.number(1, 100),
          Limits.DEFAULT.maxImages(),
          "Images per request.");

  // 12 MiB are 16.8 MB in base64; the provider takes 20 MB with all else that is in a request.
  static final Variable<Integer> MAX_INLINE_BYTES =
      withDefault(
          "MAX_INLINE_BYTES",
          EXECUTOR,
          Rule.number(KIB, 12 * MIB),
          Limits.DEFAULT.maxInlineBytes(),
          "All images of a request together.");

  static final Variable<Integer> MAX_PREVIOUS_REPORTS =
      withDefault(
          "MAX_PREVIOUS_REPORTS",
          EXECUTOR,
          Rule.number(0, 32),
          Limits.DEFAULT.maxPreviousReports(),
          "Previous reports per request.");

  static final Variable<Integer> MAX_OUTPUT_BYTES =
      withDefault(
          "MAX_OUTPUT_BYTES",
          EXECUTOR,
          Rule.number(KIB, 16 * MIB),
          Limits.DEFAULT.maxOutputBytes(),
          "The text of the model's answer.");

  static final Variable<Integer> DISPATCHER_MAX_REQUEST_BYTES =
      maxRequestBytes(DISPATCHER, 2 * MIB, "The body of an event; a longer one is answered 413.");

  static final Variable<Integer> EXECUTOR_MAX_REQUEST_BYTES =
      maxRequestBytes(EXECUTOR, 128 * KIB, "The body of a push; a longer one is answered 413.");

  static final List<Variable<?>> ALL =
      List.of(
          MAX_CONTEXT_BYTES,
          MAX_CHART_BYTES,
          MAX_IMAGES,
          MAX_INLINE_BYTES,
          MAX_PREVIOUS_REPORTS,
          MAX_OUTPUT_BYTES,
          DISPATCHER_MAX_REQUEST_BYTES,
          EXECUTOR_MAX_REQUEST_BYTES);

  private LimitVariables() {}

  /** One name, two services, two defaults: an event holds a document, a push only names. */
  private static Variable<Integer> maxRequestBytes(Audience who, int bytes, String meaning) {
    return withDefault("MAX_REQUEST_BYTES", who, Rule.number(KIB, 32 * MIB), bytes, meaning);
  }
}

package io.tda.worker.executor;

import org.jspecify.annotations.Nullable;

/**
 * One delivery of a message.
 *
 * @param attempt which delivery of the message this is, 1 for the first; 0 where the service does
 *     not say
 * @param traceparent W3C trace context of the message; null where it has none
 */
public record Delivery(String messageId, int attempt, @Nullable String traceparent) {}

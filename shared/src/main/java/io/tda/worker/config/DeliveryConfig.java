package io.tda.worker.config;

/**
 * When a step is given up.
 *
 * @param maxDeliveryAttempts the delivery that finalizes whatever happens; equals the
 *     subscription's
 * @param maxModelCalls how many model calls one claim may cost
 */
public record DeliveryConfig(int maxDeliveryAttempts, int maxModelCalls) {}

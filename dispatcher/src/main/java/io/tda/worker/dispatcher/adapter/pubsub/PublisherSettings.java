package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.batching.FlowController.LimitExceededBehavior;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.Publisher;
import java.time.Duration;

/** How the client has to behave: one message a request, ordered, within bounds. */
final class PublisherSettings {
  /** Messages that wait for the service while it is away; more are refused at once. */
  private static final long MAX_WAITING = 1000;

  private PublisherSettings() {}

  static Publisher.Builder bounded(Publisher.Builder builder, Duration budget) {
    return builder
        .setEnableMessageOrdering(true)
        .setBatchingSettings(oneByOne())
        .setRetrySettings(within(budget));
  }

  private static BatchingSettings oneByOne() {
    // With ordering on, the client retries transient faults for as long as it lives, whatever its
    // retry settings say. The caller stops waiting; the message does not, hence the limit.
    var waiting =
        FlowControlSettings.newBuilder()
            .setMaxOutstandingElementCount(MAX_WAITING)
            .setLimitExceededBehavior(LimitExceededBehavior.ThrowException)
            .build();
    return BatchingSettings.newBuilder()
        .setElementCountThreshold(1L)
        .setRequestByteThreshold(1L)
        .setDelayThresholdDuration(Duration.ofMillis(1))
        .setFlowControlSettings(waiting)
        .build();
  }

  private static RetrySettings within(Duration budget) {
    // Half of the budget for one try: a connection that has gone silent leaves time for another.
    var call = budget.dividedBy(2);
    return RetrySettings.newBuilder()
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
        .setInitialRpcTimeoutDuration(call)
        .setRpcTimeoutMultiplier(1)
        .setMaxRpcTimeoutDuration(call)
        .setTotalTimeoutDuration(budget)
        .build();
  }
}

package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.api.gax.batching.BatchingSettings;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import java.time.Duration;

/** How the client has to publish: one message a request, at once, and within a budget. */
final class PublishSettings {
  private PublishSettings() {}

  static TopicAdminSettings.Builder within(Duration budget) {
    var settings = TopicAdminSettings.newBuilder();
    settings
        .publishSettings()
        // On by default, and then each message waits 10 ms for company.
        .setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build())
        .setRetrySettings(retries(budget));
    return settings;
  }

  private static RetrySettings retries(Duration budget) {
    // Half of the budget for one try: a connection that has gone silent leaves time for another.
    var call = budget.dividedBy(2);
    return RetrySettings.newBuilder()
        .setTotalTimeoutDuration(budget)
        .setInitialRetryDelayDuration(Duration.ofMillis(100))
        .setRetryDelayMultiplier(2)
        .setMaxRetryDelayDuration(Duration.ofSeconds(2))
        .setInitialRpcTimeoutDuration(call)
        .setRpcTimeoutMultiplier(1)
        .setMaxRpcTimeoutDuration(call)
        .build();
  }
}

package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.tda.worker.message.OrderingScope;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import org.jspecify.annotations.Nullable;

/** The Pub/Sub message of a claim. */
final class StepClaimedMessage {
  /** The ordering key once more: a push delivery need not show the real one. */
  static final String ORDERING_KEY = "orderingKey";

  private StepClaimedMessage() {}

  static PubsubMessage of(StepClaimed message, OrderingScope scope, @Nullable String traceparent) {
    var orderingKey = scope.orderingKey(message.claim().step());
    return PubsubMessage.newBuilder()
        .setData(ByteString.copyFrom(StepClaimedJson.data(message)))
        .putAllAttributes(StepClaimedJson.attributes(message, traceparent))
        .putAttributes(ORDERING_KEY, orderingKey)
        .setOrderingKey(orderingKey)
        .build();
  }
}

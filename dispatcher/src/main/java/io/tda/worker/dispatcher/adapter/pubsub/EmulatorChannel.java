package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.pubsub.v1.TopicAdminSettings;

/** The way to an emulator: plain text, no credentials. */
final class EmulatorChannel {
  private EmulatorChannel() {}

  static void configure(TopicAdminSettings.Builder settings, String hostAndPort) {
    var channel =
        TopicAdminSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(hostAndPort)
            .setChannelConfigurator(builder -> builder.usePlaintext())
            .build();
    settings
        .setTransportChannelProvider(channel)
        .setCredentialsProvider(NoCredentialsProvider.create());
  }
}

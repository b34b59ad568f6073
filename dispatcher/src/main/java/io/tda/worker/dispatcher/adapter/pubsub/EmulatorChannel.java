package io.tda.worker.dispatcher.adapter.pubsub;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;

/** The way to an emulator: plain text, no credentials. */
final class EmulatorChannel implements AutoCloseable {
  private final ManagedChannel channel;

  private EmulatorChannel(ManagedChannel channel) {
    this.channel = channel;
  }

  static EmulatorChannel to(String hostAndPort) {
    return new EmulatorChannel(ManagedChannelBuilder.forTarget(hostAndPort).usePlaintext().build());
  }

  void configure(Publisher.Builder builder) {
    builder
        .setChannelProvider(
            FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
        .setCredentialsProvider(NoCredentialsProvider.create());
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

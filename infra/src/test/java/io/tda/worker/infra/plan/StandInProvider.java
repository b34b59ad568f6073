package io.tda.worker.infra.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for Google's provider where it cannot be had. It knows the arguments of the resources
 * we use and nothing else, which is all that {@code terraform validate} and {@code terraform test}
 * with {@code mock_provider} ask of a provider. Terraform finds it through TF_REATTACH_PROVIDERS.
 */
final class StandInProvider implements AutoCloseable {
  private static final String SERVICE = "tfplugin5.Provider/";

  private final Server server;

  private StandInProvider(Server server) {
    this.server = server;
  }

  static StandInProvider start(JsonNode arguments) throws IOException {
    byte[] schema = ProviderSchema.response(arguments);
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new StandInProvider(
        NettyServerBuilder.forAddress(anyPort)
            .fallbackHandlerRegistry(new Methods(schema))
            .build()
            .start());
  }

  /** What Terraform has to find in TF_REATTACH_PROVIDERS. */
  String reattach() {
    return """
    {"registry.terraform.io/hashicorp/google": {"Protocol": "grpc", "ProtocolVersion": 5, "Pid": %d,
     "Test": true, "Addr": {"Network": "tcp", "String": "127.0.0.1:%d"}}}\
    """
        .formatted(ProcessHandle.current().pid(), server.getPort());
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Answers by method name; messages are bytes, as there is no generated code for them. */
  private static final class Methods extends HandlerRegistry {
    private final byte[] schema;

    Methods(byte[] schema) {
      this.schema = schema;
    }

    @Override
    public @Nullable ServerMethodDefinition<?, ?> lookupMethod(
        String methodName, @Nullable String authority) {
      if (!methodName.startsWith(SERVICE)) {
        return null;
      }
      MethodDescriptor<byte[], byte[]> method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setType(MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(methodName)
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build();
      return ServerMethodDefinition.create(
          method,
          ServerCalls.asyncUnaryCall((request, answer) -> {
            answer.onNext(answer(methodName.substring(SERVICE.length()), request));
            answer.onCompleted();
          }));
    }

    /**
     * No diagnostics is an empty message; the provider's configuration is given back as it came.
     */
    private byte[] answer(String method, byte[] request) {
      return switch (method) {
        case "GetSchema" -> schema;
        case "PrepareProviderConfig" -> firstFieldOf(request);
        default -> new byte[0];
      };
    }

    private static byte[] firstFieldOf(byte[] request) {
      try {
        UnknownFieldSet fields = UnknownFieldSet.parseFrom(request);
        return UnknownFieldSet.newBuilder().addField(1, fields.getField(1)).build().toByteArray();
      } catch (InvalidProtocolBufferException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}

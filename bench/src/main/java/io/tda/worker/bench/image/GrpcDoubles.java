package io.tda.worker.bench.image;

import static io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING;
import static io.grpc.MethodDescriptor.MethodType.UNARY;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Firestore and Pub/Sub as the services see them when all goes well, where no emulator can be had:
 * in the build of an image. It serves the documents it is given, says yes to every commit and
 * message, and keeps none.
 */
final class GrpcDoubles implements AutoCloseable {
  private static final String FIRESTORE = "google.firestore.v1.Firestore";
  private static final String PUBLISHER = "google.pubsub.v1.Publisher";

  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final AtomicLong messages = new AtomicLong();
  private final Server server;

  private GrpcDoubles() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(firestore())
            .addService(publisher())
            .build()
            .start();
  }

  static GrpcDoubles start() {
    try {
      return new GrpcDoubles();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As in {@code FIRESTORE_EMULATOR_HOST} and {@code PUBSUB_EMULATOR_HOST}. */
  String host() {
    return "127.0.0.1:" + server.getPort();
  }

  /** From now on this document is found under its name. */
  void serve(Document document) {
    documents.put(document.getName(), document);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private ServerServiceDefinition firestore() {
    return ServerServiceDefinition.builder(FIRESTORE)
        .addMethod(
            method(
                FIRESTORE,
                "BatchGetDocuments",
                SERVER_STREAMING,
                BatchGetDocumentsRequest.getDefaultInstance(),
                BatchGetDocumentsResponse.getDefaultInstance()),
            ServerCalls.asyncServerStreamingCall(this::get))
        .addMethod(
            method(
                FIRESTORE,
                "Commit",
                UNARY,
                CommitRequest.getDefaultInstance(),
                CommitResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall(this::commit))
        .build();
  }

  private ServerServiceDefinition publisher() {
    return ServerServiceDefinition.builder(PUBLISHER)
        .addMethod(
            method(
                PUBLISHER,
                "Publish",
                UNARY,
                PublishRequest.getDefaultInstance(),
                PublishResponse.getDefaultInstance()),
            ServerCalls.asyncUnaryCall(this::publish))
        .build();
  }

  private void get(
      BatchGetDocumentsRequest request, StreamObserver<BatchGetDocumentsResponse> answers) {
    for (var name : request.getDocumentsList()) {
      var answer = BatchGetDocumentsResponse.newBuilder().setReadTime(now());
      var document = documents.get(name);
      answers.onNext(
          (document == null ? answer.setMissing(name) : answer.setFound(document)).build());
    }
    answers.onCompleted();
  }

  private void commit(CommitRequest request, StreamObserver<CommitResponse> answers) {
    var now = now();
    var answer = CommitResponse.newBuilder().setCommitTime(now);
    request
        .getWritesList()
        .forEach(_ -> answer.addWriteResults(WriteResult.newBuilder().setUpdateTime(now)));
    answers.onNext(answer.build());
    answers.onCompleted();
  }

  private void publish(PublishRequest request, StreamObserver<PublishResponse> answers) {
    var answer = PublishResponse.newBuilder();
    request
        .getMessagesList()
        .forEach(_ -> answer.addMessageIds(Long.toString(messages.incrementAndGet())));
    answers.onNext(answer.build());
    answers.onCompleted();
  }

  private static <Q extends Message, A extends Message> MethodDescriptor<Q, A> method(
      String service, String name, MethodType type, Q question, A answer) {
    return MethodDescriptor.<Q, A>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
        .setRequestMarshaller(ProtoUtils.marshaller(question))
        .setResponseMarshaller(ProtoUtils.marshaller(answer))
        .build();
  }

  private static Timestamp now() {
    var now = Instant.now();
    return Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()).build();
  }
}

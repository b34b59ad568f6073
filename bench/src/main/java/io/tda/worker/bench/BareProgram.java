package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.NoCredentials;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteResult;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.bench.stack.Cloud;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the worker is measured against: a program that makes only the calls that cannot be avoided,
 * in the order in which the services make them, with the same client libraries. It checks nothing,
 * logs nothing, validates nothing, and nobody calls it over a network.
 */
final class BareProgram implements AutoCloseable {
  private static final String STEP = ExampleDocuments.STEP.value();

  private final Firestore firestore;
  private final TopicAdminClient topics;
  private final Storage storage;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpRequest modelCall;
  private final byte[] report;

  private BareProgram(
      Firestore firestore,
      TopicAdminClient topics,
      Storage storage,
      HttpRequest modelCall,
      byte[] report) {
    this.firestore = firestore;
    this.topics = topics;
    this.storage = storage;
    this.modelCall = modelCall;
    this.report = report;
  }

  static BareProgram connect(Cloud cloud, ExampleDocuments example) throws IOException {
    var firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(Cloud.PROJECT)
            .setEmulatorHost(cloud.firestoreHost())
            .build()
            .getService();
    var settings = TopicAdminSettings.newBuilder();
    settings.setTransportChannelProvider(
        TopicAdminSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(cloud.pubsubHost())
            .setChannelConfigurator(builder -> builder.usePlaintext())
            .build());
    settings.setCredentialsProvider(NoCredentialsProvider.create());
    var storage =
        StorageOptions.http()
            .setProjectId(Cloud.PROJECT)
            .setHost(cloud.storageHost())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    var uri = cloud.model().endpoint() + "/v1beta/models/gemini-2.5-pro:generateContent";
    return new BareProgram(
        firestore,
        TopicAdminClient.create(settings.build()),
        storage,
        HttpRequest.newBuilder(URI.create(uri))
            .POST(HttpRequest.BodyPublishers.ofByteArray(BareModelRequest.of(example)))
            .build(),
        ("{\"output\":" + example.answer().text() + "}").getBytes(UTF_8));
  }

  /** The dispatcher's part: one commit, one publish. */
  void dispatch(CloudSteps.Ready run) throws Exception {
    var batch = firestore.batch();
    batch.update(
        reference("flow_runs", run.id().value()),
        Precondition.updatedAt(Timestamp.parseTimestamp(run.updateTime().toString())),
        FieldPath.of("steps", STEP, "status"),
        "RUNNING");
    batch.set(lease(run.id().value()), Map.of("state", "DISPATCHED", "claimId", "bare"));
    batch.commit().get();
    var message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8("{\"runId\":\"" + run.id() + "\"}"))
            .setOrderingKey(run.id().value())
            .build();
    topics
        .publishCallable()
        .futureCall(
            PublishRequest.newBuilder()
                .setTopic(TopicName.of(Cloud.PROJECT, Cloud.TOPIC).toString())
                .addMessages(message)
                .build())
        .get();
  }

  /** The executor's part: read, acquire; artifacts; the model; object, finalize. */
  void execute(CloudSteps.Claimed run) throws Exception {
    var id = run.id().value();
    var runDocument = reference("flow_runs", id);
    var found = firestore.getAll(runDocument, lease(id)).get();
    var acquired =
        lease(id)
            .update(
                Map.of("state", "EXECUTING"), Precondition.updatedAt(found.get(1).getUpdateTime()))
            .get();
    readArtifacts(ExampleDocuments.report(run.id()));
    var _ = http.send(modelCall, BodyHandlers.ofByteArray()).body();
    var object = BlobId.of(ExampleDocuments.BUCKET, ExampleDocuments.report(run.id()).name());
    var _ =
        storage.create(
            BlobInfo.newBuilder(object).setContentType("application/json").build(),
            report,
            Storage.BlobTargetOption.doesNotExist());
    finish(runDocument, Objects.requireNonNull(found.get(0).getUpdateTime()), acquired, id);
  }

  private void finish(
      DocumentReference run, Timestamp runUpdateTime, WriteResult acquired, String id)
      throws Exception {
    var batch = firestore.batch();
    batch.update(
        run,
        Precondition.updatedAt(runUpdateTime),
        FieldPath.of("steps", STEP, "status"),
        "SUCCEEDED");
    batch.delete(lease(id), Precondition.updatedAt(acquired.getUpdateTime()));
    ApiFuture<List<WriteResult>> commit = batch.commit();
    commit.get();
  }

  /** All at once, but the images after the manifest that names them. */
  private void readArtifacts(GcsUri report) throws Exception {
    List<Future<?>> reads = new ArrayList<>();
    reads.add(threads.submit(() -> storage.get(BlobId.of(report.bucket(), report.name()))));
    reads.add(read(ExampleDocuments.CANDLES));
    reads.add(read(ExampleDocuments.PREVIOUS_REPORT));
    read(ExampleDocuments.MANIFEST).get();
    for (var chart : ExampleDocuments.CHARTS) {
      reads.add(read(chart));
    }
    for (var read : reads) {
      read.get();
    }
  }

  private Future<byte[]> read(String name) {
    return threads.submit(
        (Callable<byte[]>) () -> storage.readAllBytes(BlobId.of(ExampleDocuments.BUCKET, name)));
  }

  private DocumentReference lease(String runId) {
    return reference("step_leases", runId + "~" + STEP);
  }

  private DocumentReference reference(String collection, String id) {
    return firestore.collection(collection).document(id);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.close();
    topics.close();
    firestore.shutdownNow();
  }
}

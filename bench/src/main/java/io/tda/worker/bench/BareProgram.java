package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.api.core.ApiFuture;
import com.google.api.gax.batching.BatchingSettings;
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
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import io.tda.worker.bench.stack.Cloud;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.id.RunId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Instant;
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
 * in the order in which the services make them, with the same client libraries, and writes what
 * they write. What need not wait does not wait, as there. It checks nothing, logs nothing,
 * validates nothing, and nobody calls it over a network.
 */
public final class BareProgram implements AutoCloseable {
  private static final String STEP = ExampleDocuments.STEP.value();

  /** Only its length matters. */
  private static final String MOMENT = "2026-03-01T12:00:00.123Z";

  private final Firestore firestore;
  private final TopicAdminClient topics;
  private final Storage storage;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BareModel model;
  private final BareWrites writes;

  private BareProgram(
      Firestore firestore,
      TopicAdminClient topics,
      Storage storage,
      BareModel model,
      BareWrites writes) {
    this.firestore = firestore;
    this.topics = topics;
    this.storage = storage;
    this.model = model;
    this.writes = writes;
  }

  /**
   * Does what it is told on standard input, a line each, at once, and says on standard output how
   * long it took: {@code dispatch RUN UPDATE_TIME} and {@code execute RUN}. It ends with its input.
   */
  public static void main(String[] args) throws Exception {
    try (var bare = connect(System.getenv(), ExampleDocuments.load());
        var orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      for (var order = orders.readLine(); order != null; order = orders.readLine()) {
        var words = order.split(" ", -1);
        var _ = bare.threads.submit((Callable<Void>) () -> bare.obey(words));
      }
    }
  }

  private Void obey(String[] order) {
    var run = new RunId(order[1]);
    long started = System.nanoTime();
    try {
      switch (order[0]) {
        case "dispatch" -> dispatch(run, Instant.parse(order[2]));
        case "execute" -> execute(run);
        default -> throw new IllegalArgumentException("dispatch or execute");
      }
      System.out.println(BareProcess.TOOK + run + " " + (System.nanoTime() - started));
    } catch (Exception e) {
      System.out.println(BareProcess.FAILED + run + " " + e);
    }
    return null;
  }

  /** Connects to what a service with this environment would connect to. */
  private static BareProgram connect(Map<String, String> environment, ExampleDocuments example)
      throws IOException {
    var firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(Cloud.PROJECT)
            .setEmulatorHost(host(environment, EmulatorKind.FIRESTORE))
            .build()
            .getService();
    var settings = TopicAdminSettings.newBuilder();
    settings.setTransportChannelProvider(
        TopicAdminSettings.defaultGrpcTransportProviderBuilder()
            .setEndpoint(host(environment, EmulatorKind.PUBSUB))
            .setChannelConfigurator(builder -> builder.usePlaintext())
            .build());
    settings.setCredentialsProvider(NoCredentialsProvider.create());
    // Else each message waits 10 ms for others.
    settings
        .publishSettings()
        .setBatchingSettings(BatchingSettings.newBuilder().setIsEnabled(false).build());
    var storage =
        StorageOptions.http()
            .setProjectId(Cloud.PROJECT)
            .setHost(host(environment, EmulatorKind.STORAGE))
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    return new BareProgram(
        firestore,
        TopicAdminClient.create(settings.build()),
        storage,
        BareModel.of(environment, example),
        BareWrites.of(example));
  }

  private static String host(Map<String, String> environment, EmulatorKind kind) {
    return Objects.requireNonNull(environment.get(kind.variable()), kind.variable());
  }

  /** The dispatcher's part: one commit, one publish. */
  private void dispatch(RunId run, Instant updateTime) throws Exception {
    var batch = firestore.batch();
    batch.update(
        reference("flow_runs", run.value()),
        Precondition.updatedAt(Timestamp.parseTimestamp(updateTime.toString())),
        FieldPath.of("steps", STEP, "status"),
        "RUNNING",
        FieldPath.of("steps", STEP, "outputs", "execution", "timing", "startedAt"),
        MOMENT);
    batch.set(lease(run), writes.claimedLease());
    batch.commit().get();
    var message =
        PubsubMessage.newBuilder()
            .setData(writes.message())
            .putAllAttributes(writes.attributes())
            .setOrderingKey(run.value())
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

  /** The executor's part: read; acquire, and meanwhile artifacts; the model; object, finalize. */
  private void execute(RunId run) throws Exception {
    var runDocument = reference("flow_runs", run.value());
    var found = firestore.getAll(runDocument, lease(run)).get();
    var artifacts = threads.submit(this::readArtifacts);
    var acquired =
        lease(run)
            .update(
                BareWrites.acquired(found.get(1)),
                Precondition.updatedAt(found.get(1).getUpdateTime()))
            .get();
    var report = ExampleDocuments.report(run);
    var object = BlobId.of(report.bucket(), report.name());
    var _ = storage.get(object);
    artifacts.get();
    model.ask();
    var _ =
        storage.create(
            BlobInfo.newBuilder(object).setContentType("application/json").build(),
            writes.report().toByteArray(),
            Storage.BlobTargetOption.doesNotExist());
    finish(run, Objects.requireNonNull(found.get(0).getUpdateTime()), acquired);
  }

  private void finish(RunId run, Timestamp runUpdateTime, WriteResult acquired) throws Exception {
    var batch = firestore.batch();
    batch.update(
        reference("flow_runs", run.value()),
        Precondition.updatedAt(runUpdateTime),
        FieldPath.of("steps", STEP, "status"),
        "SUCCEEDED",
        FieldPath.of("steps", STEP, "finishedAt"),
        MOMENT,
        FieldPath.of("steps", STEP, "outputs", "gcs_uri"),
        ExampleDocuments.report(run).toString(),
        FieldPath.of("steps", STEP, "outputs", "execution"),
        writes.execution());
    batch.delete(lease(run), Precondition.updatedAt(acquired.getUpdateTime()));
    ApiFuture<List<WriteResult>> commit = batch.commit();
    commit.get();
  }

  /** All at once, but the images after the manifest that names them. */
  private Void readArtifacts() throws Exception {
    List<Future<?>> reads = new ArrayList<>();
    reads.add(read(ExampleDocuments.CANDLES));
    reads.add(read(ExampleDocuments.PREVIOUS_REPORT));
    read(ExampleDocuments.MANIFEST).get();
    for (var chart : ExampleDocuments.CHARTS) {
      reads.add(read(chart));
    }
    for (var read : reads) {
      read.get();
    }
    return null;
  }

  private Future<byte[]> read(String name) {
    return threads.submit(
        (Callable<byte[]>) () -> storage.readAllBytes(BlobId.of(ExampleDocuments.BUCKET, name)));
  }

  private DocumentReference lease(RunId run) {
    return reference("step_leases", run + "~" + STEP);
  }

  private DocumentReference reference(String collection, String id) {
    return firestore.collection(collection).document(id);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    model.close();
    topics.close();
    firestore.shutdownNow();
  }
}

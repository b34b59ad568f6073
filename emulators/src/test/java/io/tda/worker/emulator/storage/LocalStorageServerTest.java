package io.tda.worker.emulator.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server, as Google's own client sees it. */
class LocalStorageServerTest {
  private static final BlobId ID = BlobId.of("bucket-1", "folder/a b+c%ü.json");
  private static final BlobInfo INFO =
      BlobInfo.newBuilder(ID).setContentType("text/plain").setMetadata(Map.of("k", "v")).build();
  private static final byte[] CONTENT = "content".getBytes(UTF_8);

  private final LocalStorageServer server = LocalStorageServer.start();
  private final Storage client =
      StorageOptions.http()
          .setProjectId("p-1")
          .setHost(server.endpoint().toString())
          .setCredentials(NoCredentials.getInstance())
          .setRetrySettings(RetrySettings.newBuilder().setMaxAttempts(1).build())
          .build()
          .getService();

  @BeforeEach
  void makeBucket() {
    client.create(BucketInfo.of("bucket-1"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void insert_countsGenerations() {
    var first = client.create(INFO, CONTENT);
    var second = client.create(INFO, CONTENT);

    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    assertThat(second.getMetageneration()).isEqualTo(1);
    assertThat(second.getSize()).isEqualTo(CONTENT.length);
  }

  @Test
  void insert_isRefused_whenTheGenerationIsAnother() {
    client.create(INFO, CONTENT);

    assertThat(status(() -> client.create(INFO, CONTENT, BlobTargetOption.doesNotExist())))
        .isEqualTo(412);
    assertThat(status(() -> client.create(INFO, CONTENT, BlobTargetOption.generationMatch(1))))
        .isEqualTo(412);
  }

  @Test
  void insert_isRefused_whenTheContentWasDamaged() throws Exception {
    var body =
        "--x\r\n\r\n{\"name\": \"a\", \"crc32c\": \"AAAAAA==\"}\r\n--x\r\n\r\ncontent\r\n--x--";
    var place = "/upload/storage/v1/b/bucket-1/o?uploadType=multipart";
    var request =
        HttpRequest.newBuilder(server.endpoint().resolve(place))
            .header("Content-Type", "multipart/related; boundary=x")
            .POST(BodyPublishers.ofString(body));
    try (var http = HttpClient.newHttpClient()) {
      assertThat(http.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void insert_isNotFound_whenThereIsNoBucket() {
    assertThat(status(() -> client.create(BlobInfo.newBuilder("none-1", "a").build(), CONTENT)))
        .isEqualTo(404);
  }

  @Test
  void resumable_putsThePiecesTogether() throws IOException {
    var content = new byte[700_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i / 7);
    }
    try (var writer = client.writer(INFO, BlobWriteOption.doesNotExist())) {
      writer.setChunkSize(256 * 1024);
      writer.write(ByteBuffer.wrap(content));
    }

    assertThat(client.readAllBytes(ID)).isEqualTo(content);
    assertThat(client.get(ID).getContentType()).isEqualTo("text/plain");
  }

  @Test
  void resumable_isRefused_whenTheObjectIsThere() {
    client.create(INFO, CONTENT);

    assertThat(
            status(() -> {
              try (var writer = client.writer(INFO, BlobWriteOption.doesNotExist())) {
                writer.write(ByteBuffer.wrap(CONTENT));
              }
            }))
        .isEqualTo(412);
  }

  @Test
  void media_comesInPieces_whenAsked() throws IOException {
    client.create(INFO, CONTENT);
    var piece = ByteBuffer.allocate(3);
    try (var reader = client.reader(ID)) {
      reader.seek(2);
      reader.read(piece);
    }

    assertThat(piece.array()).isEqualTo("nte".getBytes(UTF_8));
  }

  @Test
  void media_staysAsStored_whenItsEncodingIsGzip() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(CONTENT);
    }
    client.create(INFO.toBuilder().setContentEncoding("gzip").build(), zipped.toByteArray());

    assertThat(client.readAllBytes(ID, BlobSourceOption.shouldReturnRawInputStream(true)))
        .isEqualTo(zipped.toByteArray());
    assertThat(client.readAllBytes(ID, BlobSourceOption.shouldReturnRawInputStream(false)))
        .isEqualTo(CONTENT);
  }

  @Test
  void media_isNotFound_whenTheGenerationIsAnother() {
    client.create(INFO, CONTENT);
    var other = BlobId.of(ID.getBucket(), ID.getName(), 1L);

    assertThat(status(() -> client.readAllBytes(other))).isEqualTo(404);
    assertThat(client.get(other)).isNull();
  }

  @Test
  void patch_keepsTheGeneration() {
    var created = client.create(INFO, CONTENT);
    var changes = new HashMap<String, @Nullable String>();
    changes.put("k", null);
    changes.put("more", "yes");
    var patched = client.update(INFO.toBuilder().setMetadata(changes).build());

    assertThat(patched.getGeneration()).isEqualTo(created.getGeneration());
    assertThat(patched.getMetageneration()).isEqualTo(2);
    assertThat(patched.getMetadata()).isEqualTo(Map.of("more", "yes"));
  }

  @Test
  void patch_isRefused_whenTheMetagenerationIsAnother() {
    client.create(INFO, CONTENT);
    var stale = INFO.toBuilder().setContentType("a/b").build();
    client.update(stale);

    assertThat(status(() -> client.update(stale, BlobTargetOption.metagenerationMatch(1))))
        .isEqualTo(412);
  }

  @Test
  void delete_isRefused_whenTheGenerationIsAnother() {
    client.create(INFO, CONTENT);

    assertThat(status(() -> client.delete(ID, BlobSourceOption.generationMatch(1)))).isEqualTo(412);
    assertThat(client.delete(ID)).isTrue();
    assertThat(client.delete(ID)).isFalse();
  }

  @Test
  void list_showsWhatStartsWithThePrefix() {
    client.create(INFO, CONTENT);
    client.create(BlobInfo.newBuilder("bucket-1", "other").build(), CONTENT);

    assertThat(client.list("bucket-1", BlobListOption.prefix("folder/")).iterateAll())
        .extracting(Blob::getName)
        .containsExactly(ID.getName());
  }

  @Test
  void faults_meetTheNextCallsOfTheirKindOnly() {
    server.faults().next(1, StorageCall.UPLOAD, new StorageFault.Answer(429));

    assertThat(client.get(ID)).isNull();
    assertThat(status(() -> client.create(INFO, CONTENT))).isEqualTo(429);
    assertThat(client.create(INFO, CONTENT).getGeneration()).isPositive();
  }

  private static int status(ThrowingCallable call) {
    return catchThrowableOfType(StorageException.class, call).getCode();
  }
}

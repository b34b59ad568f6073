package io.tda.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.json.Sha256;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ArtifactStore} must do. Asks for nothing that Cloud Storage does not do. */
public abstract class ArtifactStoreContract {
  private static final byte[] CONTENT = "{\"a\":1}".getBytes(UTF_8);
  private static final String JSON = "application/json";

  /** A store, the same one or a new one for each test. */
  protected abstract ArtifactStore store();

  /** A bucket that exists. It need not be empty: each test uses names of its own. */
  protected abstract String bucket();

  @Test
  void create_storesContentTypeAndMetadata() {
    var uri = uri("metadata/report.json");
    var metadata = Map.of("claimId", "019b4f2e-8c00-7abc-8def-0123456789ab", "sha256", "ab");

    var generation = created(store().create(uri, CONTENT, JSON, metadata));

    assertThat(store().find(uri))
        .contains(new StoredObject(uri, CONTENT.length, generation, JSON, metadata));
  }

  @Test
  void create_takesATypeThatTheNameDoesNotSuggest() {
    var uri = uri("type/picture.json");
    created(store().create(uri, CONTENT, "image/png", Map.of()));

    assertThat(found(uri).object().contentType()).isEqualTo("image/png");
  }

  @Test
  void create_keepsTheFirstWrite_whenDeliveredTwice() {
    var uri = uri("twice.json");
    var generation = created(store().create(uri, CONTENT, JSON, Map.of("n", "1")));

    assertThat(store().create(uri, "other".getBytes(UTF_8), "text/plain", Map.of("n", "2")))
        .isEqualTo(new CreateResult.AlreadyExists());
    assertThat(found(uri).content()).isEqualTo(CONTENT);
    assertThat(found(uri).object())
        .isEqualTo(new StoredObject(uri, CONTENT.length, generation, JSON, Map.of("n", "1")));
  }

  @Test
  void create_hasOneWinner_whenManyWriteAtOnce() throws Exception {
    var uri = uri("race/report.json");
    var results = all(50, writer -> store().create(uri, content(writer), JSON, metadata(writer)));

    var winners =
        IntStream.range(0, 50)
            .filter(writer -> results.get(writer) instanceof CreateResult.Created)
            .toArray();
    assertThat(winners).hasSize(1);
    var found = found(uri);
    assertThat(found.content()).isEqualTo(content(winners[0]));
    assertThat(found.object().metadata()).isEqualTo(metadata(winners[0]));
    assertThat(results.get(winners[0]))
        .isEqualTo(new CreateResult.Created(found.object().generation()));
  }

  @Test
  void create_isSeenWholeOrNotAtAll() throws Exception {
    var uri = uri("whole/report.json");
    var content = new byte[2 * 1024 * 1024];
    var results =
        all(
            8,
            caller ->
                caller == 0
                    ? store().create(uri, content, JSON, metadata(0))
                    : store().read(uri, content.length));

    assertThat(results.subList(1, 8))
        .allSatisfy(result -> {
          if (result instanceof ReadResult.Found(var object, var read)) {
            assertThat(read).isEqualTo(content);
            assertThat(object.metadata()).isEqualTo(metadata(0));
          } else {
            assertThat(result).isEqualTo(new ReadResult.Missing());
          }
        });
  }

  @Test
  void find_findsNothing_whereNothingIs() {
    assertThat(store().find(uri("missing/object"))).isEmpty();
    assertThat(store().read(uri("missing/object"), 100)).isEqualTo(new ReadResult.Missing());
  }

  @Test
  void find_findsNoObject_whereOnlyNamesBelowItAre() {
    created(store().create(uri("folder/x/y.json"), CONTENT, JSON, Map.of()));

    assertThat(store().find(uri("folder/x"))).isEmpty();
    assertThat(store().read(uri("folder/x"), 100)).isEqualTo(new ReadResult.Missing());
  }

  @Test
  void read_findsNothing_inABucketThatIsNotThere() {
    assertThat(store().read(new GcsUri("no-such-bucket-5f0c", "x"), 100))
        .isEqualTo(new ReadResult.Missing());
  }

  @Test
  void read_takesAnObjectOfTheLimit_andNotOneByteMore() {
    var uri = uri("limit.json");
    created(store().create(uri, CONTENT, JSON, Map.of()));

    assertThat(store().read(uri, CONTENT.length)).isInstanceOf(ReadResult.Found.class);
    assertThat(store().read(uri, CONTENT.length - 1))
        .isEqualTo(new ReadResult.TooLarge(CONTENT.length));
  }

  @Test
  void read_givesTheSameGenerationEachTime() {
    var uri = uri("stable.json");
    var generation = created(store().create(uri, CONTENT, JSON, Map.of()));

    assertThat(generation).isPositive();
    assertThat(found(uri).object().generation()).isEqualTo(generation);
    assertThat(found(uri).object().generation()).isEqualTo(generation);
  }

  @Test
  void content_givesTheContent_orSaysWhatIsInTheWay() {
    var uri = uri("content.json");
    assertThat(store().content(uri, 100)).isEqualTo(new ContentResult.Missing());
    created(store().create(uri, CONTENT, JSON, Map.of()));

    assertThat(store().content(uri, CONTENT.length))
        .isInstanceOfSatisfying(
            ContentResult.Content.class, it -> assertThat(it.bytes()).isEqualTo(CONTENT));
    assertThat(store().content(uri, CONTENT.length - 1))
        .isEqualTo(new ContentResult.TooLarge(CONTENT.length));
    assertThat(store().content(new GcsUri("no-such-bucket-here", "a"), 100))
        .isEqualTo(new ContentResult.Missing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "äöü/日本/📈.json",
        "with space/ and more .json",
        "llm:4h:v1.json",
        "100%/%41.json",
        "a+b=c&d;e,f@g!h$i'j(k)~*.json",
        "#hash/#.json",
        "question?mark",
        "[brackets]{braces}.json",
        ".hidden/.meta",
        "no-extension"
      })
  void create_takesNamesAsTheyAre(String name) {
    var uri = uri("names/" + name);
    created(store().create(uri, name.getBytes(UTF_8), JSON, Map.of()));

    assertThat(found(uri).content()).isEqualTo(name.getBytes(UTF_8));
    assertThat(found(uri).object().uri()).isEqualTo(uri);
  }

  @Test
  void create_tellsNamesApart_thatAreOneWhenDecoded() {
    created(store().create(uri("decode/A"), CONTENT, JSON, Map.of()));

    assertThat(store().find(uri("decode/%41"))).isEmpty();
  }

  @Test
  void create_storesAnEmptyObject() {
    var uri = uri("empty.json");
    created(store().create(uri, new byte[0], JSON, Map.of()));

    assertThat(found(uri).content()).isEmpty();
    assertThat(store().read(uri, 0)).isInstanceOf(ReadResult.Found.class);
  }

  @Test
  void create_storesAnObjectOf7Mib() {
    var uri = uri("large.bin");
    var content = new byte[7 * 1024 * 1024];
    new SplittableRandom(7).nextBytes(content);
    created(store().create(uri, content, "application/octet-stream", Map.of()));

    assertThat(Sha256.hex(found(uri).content())).isEqualTo(Sha256.hex(content));
  }

  private GcsUri uri(String name) {
    return new GcsUri(bucket(), "contract/" + name);
  }

  private ReadResult.Found found(GcsUri uri) {
    return switch (store().read(uri, 64 * 1024 * 1024)) {
      case ReadResult.Found found -> found;
      case ReadResult.Missing _, ReadResult.TooLarge _ -> throw new AssertionError("not found");
    };
  }

  private static long created(CreateResult result) {
    return switch (result) {
      case CreateResult.Created(var generation) -> generation;
      case CreateResult.AlreadyExists _ -> throw new AssertionError("was there already");
    };
  }

  private static byte[] content(int writer) {
    return ("writer " + writer + " ").repeat(1_000).getBytes(UTF_8);
  }

  private static Map<String, String> metadata(int writer) {
    return Map.of("claimId", "writer-" + writer);
  }

  private interface Call {
    Object of(int caller);
  }

  /** Calls from many threads, all let go at once; the results in the callers' order. */
  private static List<Object> all(int callers, Call call)
      throws InterruptedException, ExecutionException {
    var ready = new CountDownLatch(callers);
    try (var threads = Executors.newFixedThreadPool(callers)) {
      var calls =
          IntStream.range(0, callers)
              .<Callable<Object>>mapToObj(caller ->
                  () -> {
                    ready.countDown();
                    ready.await();
                    return call.of(caller);
                  })
              .map(threads::submit)
              .toList();
      for (Future<Object> result : calls) {
        result.get();
      }
      return calls.stream().map(Future::resultNow).toList();
    }
  }
}

package io.tda.worker.dispatcher.adapter.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.dispatcher.StepPublisher.PublishResult.NotPublished;
import io.tda.worker.dispatcher.StepPublisherContract;
import io.tda.worker.dispatcher.adapter.pubsub.PubSubStepPublisher.Topic;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.pubsub.PubSubSetup;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.message.OrderingScope;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The publisher against the real Pub/Sub emulator. */
class PubSubStepPublisherIT extends StepPublisherContract {
  private static final Duration BUDGET = Duration.ofSeconds(10);
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static Emulator emulator;

  // One project for each test, and so topics of its own.
  private final String project = "p-" + UUID.randomUUID();
  private final PubSubSetup topics = new PubSubSetup(host(), project);
  private final List<PubSubStepPublisher> publishers = new ArrayList<>();

  @BeforeAll
  static void start() {
    emulator =
        EmulatorLauncher.of(System.getenv(), System.out::println).require(EmulatorKind.PUBSUB);
  }

  private static String host() {
    return emulator.host();
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @AfterEach
  void closeAll() {
    publishers.forEach(PubSubStepPublisher::close);
    topics.close();
  }

  @Override
  protected void createTopic(String topic) {
    topics.createTopic(topic);
    topics.createOrderedPullSubscription(topic, topic);
  }

  @Override
  protected StepPublisher publisher(String topic) {
    return connect(topic, OrderingScope.STEP, BUDGET, emulator.host());
  }

  @Override
  protected List<StepClaimed> messages(String topic, int count) {
    return topics.await(topic, count).stream().map(PubSubStepPublisherIT::parse).toList();
  }

  @Test
  void publish_putsTheOrderingKeyAndTheTraceIntoTheAttributes() {
    createTopic("attributes");
    publisher("attributes").publish(message("a", 1), TRACEPARENT);

    var message = topics.await("attributes", 1).getFirst();
    assertThat(message.path("orderingKey").asText()).isEqualTo("run-1/a");
    assertThat(message.path("attributes").path("orderingKey").asText()).isEqualTo("run-1/a");
    assertThat(message.path("attributes").path("traceparent").asText()).isEqualTo(TRACEPARENT);
    assertThat(message.path("attributes").path("stepId").asText()).isEqualTo("a");
  }

  @Test
  void publish_ordersByRun_whenConfigured() {
    createTopic("by-run");
    connect("by-run", OrderingScope.RUN, BUDGET, emulator.host()).publish(message("a", 1), null);

    assertThat(topics.await("by-run", 1).getFirst().path("orderingKey").asText())
        .isEqualTo("run-1");
  }

  @Test
  void publish_namesTheStatusAndNothingElse_whenThereIsNoSuchTopic() {
    var error = ((NotPublished) publisher("absent").publish(message("a", 1), null)).error();

    assertThat(error.code()).isEqualTo(ErrorCode.CLAIM_UNDELIVERABLE);
    assertThat(error.details()).hasToString("{status=NOT_FOUND}");
    assertThat(error.retryable()).isFalse();
  }

  @Test
  void publish_givesTheRealReasonEachTime_whenItFailsAgainAndAgain() {
    var publisher = publisher("absent");
    var statuses =
        IntStream.range(0, 50)
            .mapToObj(i -> (NotPublished) publisher.publish(message("a", i + 1), null))
            .map(result -> result.error().details().get("status"));

    assertThat(statuses).containsOnly("NOT_FOUND");
  }

  @Test
  void publish_endsWithinItsBudget_whenNobodyAnswers() throws IOException {
    var publisher = connect("a", OrderingScope.STEP, Duration.ofMillis(300), closedPort());

    var error = ((NotPublished) publisher.publish(message("a", 1), null)).error();
    assertThat(error.details()).hasToString("{status=UNAVAILABLE}");
    assertThat(error.retryable()).isTrue();
  }

  @Test
  void close_endsInBoundedTime_whenMessagesStillWait() throws IOException {
    var publisher = connect("a", OrderingScope.STEP, Duration.ofMillis(50), closedPort());
    publisher.publish(message("a", 1), null);

    assertTimeoutPreemptively(Duration.ofSeconds(20), publisher::close);
  }

  @Test
  void publish_saysNotPublished_whenTheThreadIsInterrupted() {
    createTopic("interrupted");
    Thread.currentThread().interrupt();

    assertThat(publisher("interrupted").publish(message("a", 1), null))
        .isInstanceOf(NotPublished.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private PubSubStepPublisher connect(
      String topic, OrderingScope scope, Duration budget, String host) {
    var publisher = PubSubStepPublisher.connect(new Topic(project, topic), scope, budget, host);
    publishers.add(publisher);
    return publisher;
  }

  private static String closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }

  private static StepClaimed parse(JsonNode message) {
    try {
      var result = StepClaimedJson.parse(message.path("data").binaryValue());
      return ((StepClaimedJson.Result.Parsed) result).message();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}

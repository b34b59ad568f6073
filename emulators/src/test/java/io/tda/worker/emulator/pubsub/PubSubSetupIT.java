package io.tda.worker.emulator.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tda.worker.emulator.Emulator;
import io.tda.worker.emulator.EmulatorKind;
import io.tda.worker.emulator.EmulatorLauncher;
import io.tda.worker.emulator.pubsub.PushSubscription.Delivery;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made in the emulator does what its name says. */
final class PubSubSetupIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ACK = 204;
  private static final int NACK = 503;
  private static Emulator emulator;

  private final PubSubSetup setup = new PubSubSetup(host(), "p-" + UUID.randomUUID());
  private final BlockingQueue<JsonNode> pushed = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private HttpServer receiver;

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

  @BeforeEach
  void listen() throws IOException {
    // All addresses: an emulator in a container comes from outside.
    receiver = HttpServer.create(new InetSocketAddress(0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          try (exchange) {
            pushed.add(JSON.readTree(exchange.getRequestBody().readAllBytes()).path("message"));
            exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? NACK : ACK, -1);
          }
        });
    receiver.start();
    setup.createTopic("work");
  }

  @AfterEach
  void end() {
    setup.close();
    receiver.stop(0);
  }

  @Test
  void push_bringsWhatWasPublished() throws Exception {
    push(new Delivery.Plain());
    var id = setup.publish("work", bytes("one"), Map.of("runId", "r-1"), "");

    var message = take();
    assertThat(data(message)).isEqualTo("one");
    assertThat(message.path("messageId").asText()).isEqualTo(id);
    assertThat(message.path("attributes").path("runId").asText()).isEqualTo("r-1");
  }

  @Test
  void ordered_doesNotOvertake_whenAPushFails() throws Exception {
    refusals.set(1);
    push(new Delivery.Ordered());
    setup.publish("work", bytes("one"), Map.of(), "key");
    setup.publish("work", bytes("two"), Map.of(), "key");

    assertThat(data(take()) + data(take()) + data(take())).isEqualTo("oneonetwo");
  }

  @Test
  void deadLettered_movesOnAfterItsAttempts() throws Exception {
    setup.createTopic("dead");
    setup.createPullSubscription("dead-pull", "dead");
    refusals.set(Integer.MAX_VALUE);
    push(new Delivery.DeadLettered("dead", 5));
    setup.publish("work", bytes("poison"), Map.of(), "");

    for (int i = 0; i < 5; i++) {
      assertThat(data(take())).isEqualTo("poison");
    }
    assertThat(data(firstOf("dead-pull"))).isEqualTo("poison");
  }

  @Test
  void create_leavesWhatIsThere_whenRepeated() throws Exception {
    setup.createTopic("work");
    push(new Delivery.Plain());
    push(new Delivery.Plain());
    setup.publish("work", bytes("one"), Map.of(), "");

    assertThat(data(take())).isEqualTo("one");
  }

  @Test
  void create_fails_whenTheTopicIsNotThere() {
    assertThatThrownBy(() -> setup.createPullSubscription("sub", "absent"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("404");
  }

  private void push(Delivery delivery) {
    var uri =
        URI.create(
            "http://" + emulator.callbackHost() + ":" + receiver.getAddress().getPort() + "/push");
    setup.createPushSubscription(new PushSubscription("work-push", "work", uri, delivery));
  }

  private JsonNode take() throws InterruptedException {
    var message = pushed.poll(30, TimeUnit.SECONDS);
    assertThat(message).as("a push within 30 s").isNotNull();
    return message;
  }

  private JsonNode firstOf(String subscription) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      var messages = setup.pull(subscription);
      if (!messages.isEmpty()) {
        return messages.getFirst();
      }
      assertThat(pushed.poll(100, TimeUnit.MILLISECONDS)).as("a push after the last").isNull();
    }
    throw new AssertionError("nothing on " + subscription + " within 30 s");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String data(JsonNode message) {
    return new String(Base64.getDecoder().decode(message.path("data").asText()), UTF_8);
  }
}

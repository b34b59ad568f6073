package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.StackSettings.Orders;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class KitIT {
  @Test
  void stack_makesAReport_andLeavesNoProcess() {
    try (var platform = Platform.start(KitIT::say)) {
      var stack = Stack.start(platform, StackSettings.of("kit", Orders.PUSHED));
      var run = RunBuilder.run("kit").report("report");
      try (stack) {
        stack.create(run);
        assertThat(stack.changed(run).postTo(stack.dispatcher().endpoint())).isEqualTo(204);
        stack.await(run, "report", "SUCCEEDED");
        assertThat(stack.modelCalls(run, "report")).isEqualTo(1);
        assertThat(stack.report(run, "report")).isPresent();
        assertThat(stack.leaks()).isEmpty();
        assertLeaksAreFound(stack);
      }
      assertThat(stack.log(run)).extracting(LogLine::event).contains("step_completed");
      assertThat(stack.services()).noneMatch(ServiceProcess::isAlive);
      assertThat(stack.services())
          .allSatisfy(service -> {
            assertThat(service.awaitEnd(Duration.ZERO)).hasValue(143);
            assertThat(service.unexpectedOutput()).isEmpty();
          });
    }
  }

  /** Words in the two places where the search looks: what services print, and what runs hold. */
  private static void assertLeaksAreFound(Stack stack) {
    var event = ChangeEvent.of("other_collection", Canary.CANDLES.word());
    assertThat(event.postTo(stack.dispatcher().endpoint())).isEqualTo(204);
    stack.dispatcher().awaitLine("the event", line -> line.text("eventId").equals(event.id()));
    stack.create(RunBuilder.run("leak").set(Canary.ANSWER.word(), "note"));
    assertThat(stack.leaks())
        .anySatisfy(leak -> assertThat(leak).startsWith("DISPATCHER printed [CANDLES]"))
        .anySatisfy(leak -> assertThat(leak).endsWith("holds [ANSWER]"));
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

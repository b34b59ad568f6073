package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.e2e.StackSettings.Orders;
import io.tda.worker.local.bridge.BridgeFaults;
import io.tda.worker.local.bridge.EventarcBridge;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events as Eventarc may deliver them: twice, late, overtaking each other. */
final class UnrulyEventsIT {
  private static final EventarcBridge.Settings UNRULY =
      new EventarcBridge.Settings(
          20251125,
          new BridgeFaults(0.6, 0.6, 0, Duration.ofSeconds(2)),
          EventarcBridge.Settings.USUAL.retries());

  private static final StackSettings SETTINGS =
      StackSettings.of("unruly", Orders.PUSHED).withDispatchers(2).withEvents();

  private static final List<String> STEPS = List.of("first", "second");

  @Test
  void everyStep_isExecutedOnce_whateverBecomesOfItsEvents() {
    try (var platform = Platform.start(UnrulyEventsIT::say, UNRULY);
        var stack = Stack.start(platform, SETTINGS)) {
      var runs =
          Stream.generate(() -> RunBuilder.run("unruly").report("first").report("second"))
              .limit(6)
              .toList();

      runs.forEach(stack::create);
      runs.forEach(run -> STEPS.forEach(step -> stack.await(run, step, "SUCCEEDED")));
      Awaiting.until("the last event", () -> platform.events().pending() == 0);

      for (var run : runs) {
        for (var step : STEPS) {
          assertThat(stack.modelCalls(run, step)).isEqualTo(1);
          assertThat(stack.lease(run, step)).isEmpty();
          assertThat(claims(stack, run, step)).isEqualTo(1);
        }
      }
      LeavesNoTrace.check(stack);
    }
  }

  private static long claims(Stack stack, RunBuilder run, String step) {
    return stack.log(run).stream()
        .filter(line -> line.isAbout(run.id(), step) && line.event().equals("claim_attempt"))
        .filter(line -> line.at("/claimed").asBoolean())
        .count();
  }

  private static void say(String line) {
    System.out.println(line);
  }
}

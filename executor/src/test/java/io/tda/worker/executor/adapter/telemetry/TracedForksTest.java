package io.tda.worker.executor.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.tda.worker.adapter.telemetry.RecordedTelemetry;
import io.tda.worker.adapter.telemetry.RecordedTelemetry.EndedSpan;
import io.tda.worker.executor.Forks;
import io.tda.worker.executor.ThreadForks;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TracedForksTest {
  private final RecordedTelemetry recorded = new RecordedTelemetry();

  @Test
  void fork_belongsToTheSpanItWasStartedIn_onAnyThread() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Forks plain = new ThreadForks(threads);
      var forks = recorded.telemetry().carried(plain, TracedForks::new);

      assertThat(entry(forks, 5)).isEqualTo(15);
    }
    var outer = recorded.ended().getLast();
    assertThat(outer.name()).isEqualTo("outer");
    assertThat(recorded.ended())
        .filteredOn(span -> span.name().equals("inner"))
        .hasSize(5)
        .extracting(EndedSpan::parentId)
        .containsOnly(outer.spanId());
  }

  private int entry(Forks forks, int count) {
    return recorded
        .spans()
        .entry("outer", Attributes.empty(), null, _ -> sum(forks, IntStream.rangeClosed(1, count)));
  }

  private int sum(Forks forks, IntStream numbers) {
    var results = numbers.mapToObj(number -> forks.fork(() -> inner(number))).toList();
    return results.stream().mapToInt(Supplier::get).sum();
  }

  private int inner(int number) {
    var numbers = List.of(number);
    return recorded
        .spans()
        .call("inner", SpanKind.CLIENT, Attributes.empty(), _ -> numbers.getFirst());
  }
}

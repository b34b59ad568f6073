package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a soak complains of. */
final class SoakResultTest {
  private static final Footprint SMALL = new Footprint(20 << 20, 40 << 20, 30, 60);
  private static final List<Long> EVEN = Collections.nCopies(90, 10_000_000L);

  @Test
  void complaints_areNone_whereNothingGrows() {
    assertThat(new SoakResult(EVEN, 0, 0, SMALL, SMALL).complaints()).isEmpty();
  }

  @Test
  void complaints_nameWhatFailedAndWhatIsLeftOver() {
    assertThat(new SoakResult(EVEN, 2, 3, SMALL, SMALL).complaints())
        .containsExactly("2 steps or deliveries failed", "3 leases are left over");
  }

  @Test
  void complaints_nameHeapAndThreadsThatGrow() {
    var large = new Footprint(60 << 20, 90 << 20, 45, 80);
    assertThat(new SoakResult(EVEN, 0, 0, SMALL, large).complaints())
        .hasSize(4)
        .allMatch(complaint -> complaint.contains("grew"));
  }

  @Test
  void complaints_nameALatencyThatGrows() {
    var growing =
        Stream.concat(EVEN.stream(), LongStream.rangeClosed(1, 90).mapToObj(i -> 10_000_000L * i))
            .toList();
    assertThat(new SoakResult(growing, 0, 0, SMALL, SMALL).complaints())
        .singleElement()
        .asString()
        .contains("latency grew");
  }
}

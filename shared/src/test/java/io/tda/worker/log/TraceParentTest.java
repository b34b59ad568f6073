package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void parse_readsTraceSpanAndFlag() {
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-01"))
        .contains(new TraceParent(TRACE, SPAN, true));
    assertThat(TraceParent.parse("00-" + TRACE + "-" + SPAN + "-02"))
        .contains(new TraceParent(TRACE, SPAN, false));
  }

  @Test
  void parse_readsLaterVersions_whichMayHaveMore() {
    assertThat(TraceParent.parse("01-" + TRACE + "-" + SPAN + "-01-more")).isPresent();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "-" + SPAN,
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01\n",
        "01-" + TRACE + "-" + SPAN + "-01-more\nand more",
        "01-" + TRACE + "-" + SPAN + "-01.more",
        "00-" + TRACE + "-" + SPAN + "-0g",
        "0g-" + TRACE + "-" + SPAN + "-01",
        "00." + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "." + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + ".01"
      })
  void parse_trustsNothingElse(String header) {
    assertThat(TraceParent.parse(header)).isEmpty();
  }

  @Test
  void orNew_keepsWhatCanBeTrusted() {
    var header = "00-" + TRACE + "-" + SPAN + "-01";

    assertThat(TraceParent.orNew(header, new Random(1))).isEqualTo(header);
    assertThat(new TraceParent(TRACE, SPAN, true).header()).isEqualTo(header);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "00-zz"})
  void orNew_makesAnUnsampledTrace_otherwise(String header) {
    var random = new Random(1);
    var first = TraceParent.orNew(header, random);
    var second = TraceParent.orNew(header, random);

    assertThat(first).endsWith("-00").isNotEqualTo(second);
    assertThat(TraceParent.parse(first)).isPresent();
  }

  @Test
  void orNew_isValid_evenWhereAllRandomBitsAreZero() {
    RandomGenerator zeros = () -> 0;

    assertThat(TraceParent.parse(TraceParent.orNew(null, zeros))).isPresent();
  }
}

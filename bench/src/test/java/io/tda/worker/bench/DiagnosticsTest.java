package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

final class DiagnosticsTest {
  @Test
  void heapUsed_addsTheGenerations_whateverTheyAreCalled() {
    assertThat(
            Diagnostics.heapUsed(
                """
                7492:
                DefNew     total 116160K, used 31021K [0x0000000687400000, 0x000000068f200000)
                 eden space 103296K,  30% used [0x0000000687400000, 0x000000068924b530)
                Tenured    total 258048K, used 1166K [0x0000000704d50000, 0x0000000714950000)
                 the  space 258048K,   0% used [0x0000000704d50000, 0x0000000704e73ab8)
                Metaspace       used 900K, committed 1024K, reserved 1114112K
                """))
        .isEqualTo((31_021 + 1_166) * 1024L);
    assertThat(Diagnostics.heapUsed(" def new generation   total 9792K, used 1K [0x1)"))
        .isEqualTo(1024);
  }

  @Test
  void heapUsed_isNotZero_whenTheToolSaysSomethingElse() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Diagnostics.heapUsed("7492:\ncom.sun.tools.attach.Attach…"))
        .withMessageStartingWith("jcmd does not tell of the heap");
  }
}

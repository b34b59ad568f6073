package io.tda.worker.local.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SimCommandTest {
  private final StringWriter out = new StringWriter();

  @Test
  void sim_endsWithTheCounts() {
    assertThat(run(Seams.NONE, "--seeds", "5", "--seed", "40")).isZero();
    assertThat(lastLine()).matches("seeds=5 events=[1-9]\\d+ faults=[1-9]\\d* violations=0");
  }

  @Test
  void sim_printsTheTrace_whenOneSeedIsAskedFor() {
    assertThat(run(Seams.NONE, "--seed", "7")).isZero();
    assertThat(out.toString()).contains("dispatcher-1", "commit done", "fault ");
    assertThat(lastLine()).startsWith("seeds=1 ");
  }

  @Test
  void sim_leavesOutWhatItIsTold() {
    run(Seams.NONE, "--seed", "7", "--faults", "none");
    assertThat(lastLine()).contains(" faults=0 ");

    run(Seams.NONE, "--seed", "3", "--seeds", "8", "--trace", "--faults", "process,clock");
    assertThat(out.toString()).contains("fault PROCESS_").doesNotContain("fault FIRESTORE_");
  }

  @Test
  void sim_explainsAViolation_andHowToReplayIt() {
    var planted = PlantedPorts.publishBeforeClaim();

    assertThat(run(planted, "--seeds", "1", "--faults", "-clock")).isEqualTo(1);
    assertThat(out.toString())
        .contains("seed 1 violates I1", "a step leaves READY once", "publish 2025")
        .contains("replay: ./worker sim --seed 1 --faults -clock");
    assertThat(lastLine()).endsWith("violations=1");
  }

  @Test
  void sim_refusesAGroupItDoesNotKnow() {
    assertThat(run(Seams.NONE, "--faults", "weather")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  private int run(Seams seams, String... args) {
    out.getBuffer().setLength(0);
    return new CommandLine(new SimCommand(seams))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(new StringWriter()))
        .execute(args);
  }

  private String lastLine() {
    return out.toString().strip().lines().reduce((_, last) -> last).orElse("");
  }
}

package io.tda.worker.infra.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.infra.check.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of costs is what the page's formulas make of the page's inputs. */
final class CostPageTest {
  private static final Path PAGE = Places.of("docs/cost.md");
  private static final String BEGIN = "<!-- result: begin -->\n";
  private static final String END = "<!-- result: end -->";
  private static final Pattern INPUT =
      Pattern.compile("^\\| ([a-z0-9_]+) \\| ([0-9.]+) \\|", Pattern.MULTILINE);
  private static final double STEPS = 1000;
  private static final double KIB_PER_GIB = 1024 * 1024;

  @Test
  void table_isComputedFromTheInputs() throws IOException {
    String page = Files.readString(PAGE);
    String expected =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table(inputs(page))
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, expected);
      return;
    }
    assertThat(page)
        .as("./worker test -pl infra -am -Dtest=CostPageTest -Dgolden.update=true")
        .isEqualTo(expected);
  }

  /**
   * One line of the table.
   *
   * @param alone with one request at a time in the executor
   * @param shared with 40 at once
   */
  private record Line(String what, double alone, double shared, double usdAlone, double usdShared) {
    static Line same(String what, double amount, double usd) {
      return new Line(what, amount, amount, usd, usd);
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | %.3f | %.3f |%n",
          what,
          alone,
          shared,
          usdAlone,
          usdShared);
    }
  }

  private static String table(Inputs in) {
    List<Line> lines =
        List.of(
            firestoreReads(in),
            writes(in),
            deletes(in),
            messages(in),
            requests(in),
            cpu(in),
            memory(in),
            objects(in),
            logs(in),
            model(in));
    double alone = lines.stream().mapToDouble(Line::usdAlone).sum();
    double shared = lines.stream().mapToDouble(Line::usdShared).sum();
    return "\n| what | 1 at a time | 40 at once | USD, 1 at a time | USD, 40 at once |\n|---|--:|--:|--:|--:|\n"
        + lines.stream().map(Line::row).collect(Collectors.joining())
        + String.format(Locale.ROOT, "| **all** | | | **%.2f** | **%.2f** |%n", alone, shared)
        + String.format(
            Locale.ROOT,
            "| **all but the model** | | | **%.2f** | **%.2f** |%n%n",
            alone - lines.getLast().usdAlone(),
            shared - lines.getLast().usdShared());
  }

  private static Line firestoreReads(Inputs in) {
    double reads = STEPS * (2 + 2 * in.get("cache_misses"));
    return Line.same("Firestore reads", reads, reads / 100_000 * in.get("usd_100k_reads"));
  }

  private static Line writes(Inputs in) {
    double writes = STEPS * (2 + 1 + in.get("step_seconds") / in.get("heartbeat_seconds") + 1);
    return Line.same("Firestore writes", writes, writes / 100_000 * in.get("usd_100k_writes"));
  }

  private static Line deletes(Inputs in) {
    return Line.same("Firestore deletes", STEPS, STEPS / 100_000 * in.get("usd_100k_deletes"));
  }

  private static Line messages(Inputs in) {
    double kib = STEPS * (3 * in.get("event_kib") + 1) * 2;
    return Line.same(
        "messages, KiB published and delivered",
        kib,
        kib / KIB_PER_GIB / 1024 * in.get("usd_tib_messages"));
  }

  private static Line requests(Inputs in) {
    return Line.same("requests", 4 * STEPS, 4 * STEPS / 1e6 * in.get("usd_million_requests"));
  }

  private static Line cpu(Inputs in) {
    double dispatcher = STEPS * in.get("dispatcher_seconds") * 1.2;
    double alone = STEPS * in.get("step_seconds") * in.get("executor_vcpu");
    double price = in.get("usd_vcpu_second");
    return new Line(
        "vCPU-seconds",
        alone + dispatcher,
        alone / 40 + dispatcher,
        (alone + dispatcher) * price,
        (alone / 40 + dispatcher) * price);
  }

  private static Line memory(Inputs in) {
    double dispatcher = STEPS * in.get("dispatcher_seconds") * 1.2 / 2;
    double alone = STEPS * in.get("step_seconds") * in.get("executor_gib");
    double price = in.get("usd_gib_second");
    return new Line(
        "GiB-seconds",
        alone + dispatcher,
        alone / 40 + dispatcher,
        (alone + dispatcher) * price,
        (alone / 40 + dispatcher) * price);
  }

  private static Line objects(Inputs in) {
    double reads = STEPS * (in.get("context_objects") + 1);
    double usd = STEPS / 1000 * in.get("usd_1k_class_a") + reads / 1000 * in.get("usd_1k_class_b");
    return Line.same("objects written and read", STEPS + reads, usd);
  }

  private static Line logs(Inputs in) {
    double kib = STEPS * in.get("log_kib");
    return Line.same("log, KiB", kib, kib / KIB_PER_GIB * in.get("usd_log_gib"));
  }

  private static Line model(Inputs in) {
    double asked = STEPS * in.get("prompt_tokens");
    double said = STEPS * (in.get("answer_tokens") + in.get("thought_tokens"));
    double usd =
        asked / 1e6 * in.get("usd_million_input_tokens")
            + said / 1e6 * in.get("usd_million_output_tokens");
    return Line.same("model, tokens", asked + said, usd);
  }

  private static Inputs inputs(String page) {
    return new Inputs(
        INPUT
            .matcher(page)
            .results()
            .collect(
                Collectors.toMap(
                    (MatchResult input) -> input.group(1),
                    input -> Double.valueOf(input.group(2)),
                    (one, other) -> other,
                    TreeMap::new)));
  }

  private record Inputs(Map<String, Double> values) {
    double get(String name) {
      return Objects.requireNonNull(values.get(name), name);
    }
  }
}

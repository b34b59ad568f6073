package io.tda.worker.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.artifact.ArtifactPathPolicy;
import io.tda.worker.json.StrictJson;
import io.tda.worker.local.smoke.SmokeCase;
import io.tda.worker.local.smoke.SmokeCases;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the smoke test stores. */
final class SmokeDocumentsTest {

  private static List<SmokeCase> cases(String token) {
    var reports = ArtifactPathPolicy.of("some-bucket", "").orElseThrow();
    var place =
        new SmokeCases.Place("some-bucket", reports, "flow_runs", "llm_prompts", "llm_schemas");
    return new SmokeCases(place, token, "gemini-x", new byte[] {1}).all();
  }

  @Test
  void documents_meetTheirContracts_soThatOnlyTheWantedFaultIsFound() {
    for (var each : cases("20260102030405abcdef")) {
      assertThat(Contract.named("flow_run").violations(each.material().run())).isEmpty();
      each.material()
          .documents()
          .forEach((ref, json) -> {
            var contract = ref.collection().equals("llm_prompts") ? "llm_prompt" : "llm_schema";
            if (!(contract.equals("llm_schema") && each.name().equals("bad-schema"))) {
              assertThat(Contract.named(contract).violations(json)).as(ref.toString()).isEmpty();
            }
          });
      each.material()
          .objects()
          .forEach((uri, content) -> {
            if (uri.name().endsWith(".json")) {
              assertThat(StrictJson.parse(content)).isInstanceOf(StrictJson.Result.Parsed.class);
            }
          });
    }
  }

  @Test
  void names_areNeverUsedTwice_andShowWhatTheyAreOf() {
    var names = new HashSet<String>();
    for (var token : List.of("t1", "t2")) {
      for (var each : cases(token)) {
        assertThat(each.step().runId().value()).isEqualTo("smoke-" + token + "-" + each.name());
        each.material().documents().keySet().forEach(ref -> add(names, ref.toString()));
        each.material().objects().keySet().forEach(uri -> add(names, uri.toString()));
        add(names, each.report().toString());
      }
    }
    assertThat(names).allMatch(name -> name.contains("smoke"));
  }

  private static void add(Set<String> names, String name) {
    assertThat(names.add(name)).as(name).isTrue();
  }
}

package io.tda.worker.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tda.worker.log.FieldGate.Refusal;
import io.tda.worker.log.FieldGate.Rule;
import java.math.BigDecimal;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldGateTest {
  private static final FieldGate GATE = new FieldGate(new SecretMask(Set.of()));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiKey",
        "api_key",
        "api-key",
        "X-Goog-Api-Key",
        "token",
        "accessToken",
        "id_token",
        "secret",
        "clientSecret",
        "Authorization",
        "proxy-authorization",
        "credentials",
        "password",
        "DB_PASSWORD",
        "systemInstruction",
        "system_instruction",
        "userPrompt",
        "promptText",
        "candidateText",
        "rawOutput",
        "RAW_OUTPUT",
        "outputText"
      })
  void admit_leavesOutForbiddenNames_atAnyDepth(String name) {
    var top = GATE.admit(Map.of(name, "x"));
    var deep = GATE.admit(Map.of("a", List.of(Map.of("b", Map.of(name, "x", "kept", 1)))));

    assertThat(top.fields()).isEmpty();
    assertThat(top.refusals()).containsExactly(new Refusal(name, Rule.FORBIDDEN_NAME));
    assertThat(deep.fields()).hasToString("{a=[{b={kept=1}}]}");
    assertThat(deep.refusals()).containsExactly(new Refusal("a.b." + name, Rule.FORBIDDEN_NAME));
  }

  @ParameterizedTest
  @ValueSource(strings = {"promptId", "flowKey", "orderingKey", "keyId", "author", "gcs_uri"})
  void admit_keepsNamesThatOnlyLookAlike(String name) {
    assertThat(GATE.admit(Map.of(name, "x")).fields()).containsEntry(name, "x");
  }

  @Test
  void admit_keepsTokenCounts_butNoOtherTokens() {
    assertThat(GATE.admit(Map.of("promptTokens", 12L)).fields()).containsEntry("promptTokens", 12L);
    assertThat(GATE.admit(Map.of("accessTokens", "x")).fields()).isEmpty();
    assertThat(GATE.admit(Map.of("apiKeyTokens", 12L)).fields()).isEmpty();
  }

  @Test
  void admit_refusesLongTexts() {
    var longest = "x".repeat(FieldGate.MAX_TEXT);

    assertThat(GATE.admit(Map.of("a", longest)).fields()).containsEntry("a", longest);
    assertThat(GATE.admit(Map.of("a", longest + "x")).refusals())
        .containsExactly(new Refusal("a", Rule.TEXT_TOO_LONG));
  }

  @Test
  void admit_refusesLongLists_exceptTheStepsOfARun() {
    var list = Collections.nCopies(FieldGate.MAX_ITEMS + 1, 1);

    assertThat(GATE.admit(Map.of("a", list)).refusals())
        .containsExactly(new Refusal("a", Rule.TOO_MANY_ITEMS));
    assertThat(GATE.admit(Map.of("a", list.subList(1, list.size()))).refusals()).isEmpty();
    assertThat(GATE.admit(Map.of("flowRunSteps", list)).refusals()).isEmpty();
    assertThat(GATE.admit(Map.of("a", Map.of("flowRunSteps", list))).refusals())
        .containsExactly(new Refusal("a.flowRunSteps", Rule.TOO_MANY_ITEMS));
  }

  @Test
  void admit_refusesLargeObjects() {
    var map = new HashMap<String, Object>();
    IntStream.rangeClosed(0, FieldGate.MAX_ITEMS).forEach(i -> map.put("k" + i, i));

    assertThat(GATE.admit(Map.of("a", map)).refusals())
        .containsExactly(new Refusal("a", Rule.TOO_MANY_ITEMS));
  }

  @Test
  void admit_namesTheClass_whereAValueHasNoJsonForm() {
    var fields =
        GATE.admit(Map.of("a", new BigDecimal("1.5"), "b", new byte[] {1}, "c", new Throwing()))
            .fields();

    assertThat(fields)
        .containsEntry("a", "(java.math.BigDecimal)")
        .containsEntry("b", "(byte[])")
        .containsEntry("c", "(" + Throwing.class.getTypeName() + ")");
  }

  @Test
  void admit_writesNumbersThatJsonLacks_asText() {
    assertThat(GATE.admit(Map.of("a", Double.NaN)).fields()).containsEntry("a", "NaN");
  }

  @Test
  void admit_masksSecrets_inTextsNamesAndRefusedNames() {
    var gate = new FieldGate(new SecretMask(Set.of("s3cr3t-0001")));
    var admitted =
        gate.admit(
            Map.of(
                "a", List.of("key=s3cr3t-0001&x"),
                "b", Map.of("x-s3cr3t-0001", 1),
                "c", Map.of("password-s3cr3t-0001", 1)));

    assertThat(admitted.toString()).doesNotContain("s3cr3t").contains("key=****&x", "x-****");
    assertThat(admitted.refusals())
        .containsExactly(new Refusal("c.password-****", Rule.FORBIDDEN_NAME));
  }

  @Test
  void admit_doesNotRepeatANameThatIsNone() {
    var admitted = GATE.admit(Map.of("a", Map.of("CANARY-PROMPT-PHRASE, and more", 1, 7, "x")));

    assertThat(admitted.fields()).hasToString("{a={}}");
    assertThat(admitted.refusals())
        .containsExactly(new Refusal("a.(not a name)", Rule.FORBIDDEN_NAME));
  }

  @Test
  void admit_endsOnValuesThatHoldThemselves() {
    var map = new HashMap<String, Object>();
    var wide = new HashMap<String, Object>();
    map.put("self", map);
    IntStream.range(0, FieldGate.MAX_ITEMS).forEach(i -> wide.put("k" + i, wide));

    assertThat(GATE.admit(Map.of("a", map)).refusals())
        .singleElement()
        .extracting(Refusal::rule)
        .isEqualTo(Rule.TOO_DEEP);
    assertThat(GATE.admit(Map.of("a", wide)).refusals())
        .containsExactly(new Refusal("a", Rule.TOO_LARGE));
  }

  @Test
  void admit_refusesValuesThatCannotBeRead() {
    var broken =
        new AbstractMap<String, Object>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            throw new IllegalStateException("CANARY-OUTPUT-PHRASE");
          }
        };
    var admitted = GATE.admit(Map.of("a", broken));

    assertThat(admitted.fields()).isEmpty();
    assertThat(admitted.refusals()).containsExactly(new Refusal("a", Rule.UNREADABLE));
  }

  @Test
  void admit_refusesTheEnvironment_inAnyShape() {
    Map<String, String> env = new TreeMap<>(Map.of("PATH", "/bin", "HOME", "/root", "N", "1"));
    var properties = new Properties();
    properties.putAll(Map.of("java.home", "/jdk", "user.dir", "/app"));
    var dump = List.of(new Refusal("a", Rule.ENVIRONMENT_DUMP));

    assertThat(GATE.admit(Map.of("a", env)).refusals()).isEqualTo(dump);
    assertThat(GATE.admit(Map.of("a", env.toString())).refusals()).isEqualTo(dump);
    assertThat(GATE.admit(Map.of("a", List.of("PATH=/bin", "HOME=/root"))).refusals())
        .isEqualTo(dump);
    assertThat(GATE.admit(Map.of("a", List.of(env))).refusals()).isEqualTo(dump);
    assertThat(GATE.admit(Map.of("a", properties)).refusals()).isEqualTo(dump);
    assertThat(GATE.admit(new TreeMap<String, Object>(env)).fields()).isEmpty();
  }

  @Test
  void admit_refusesTheEnvironmentOfThisProcess() {
    var admitted = GATE.admit(Map.of("a", new TreeMap<>(System.getenv())));

    assertThat(admitted.fields()).isEmpty();
  }

  @Test
  void admit_keepsTheNamesOfVariables() {
    var names = List.of("PATH", "HOME", "GEMINI_API_KEY");

    assertThat(GATE.admit(Map.of("variables", names)).fields()).containsEntry("variables", names);
  }

  private static final class Throwing {
    @Override
    public String toString() {
      throw new IllegalStateException("CANARY-OUTPUT-PHRASE");
    }
  }
}

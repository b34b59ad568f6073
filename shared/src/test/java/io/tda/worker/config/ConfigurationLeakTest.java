package io.tda.worker.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tda.worker.json.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a secret is given, and wherever by mistake: nothing that is shown holds a part of it. */
class ConfigurationLeakTest {
  private static final String CANARY = "CANARY-SECRET-0001";
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final List<String> TRACES =
      List.of(
          "CANARY",
          "SECRET-0001",
          Sha256.hex(CANARY.getBytes(UTF_8)).substring(0, 12),
          Integer.toHexString(CANARY.hashCode()));

  /** Ways to spoil a key. */
  static Stream<String> spoiltKeys() {
    return Stream.of(
        CANARY + "\n" + CANARY,
        CANARY + " " + CANARY,
        CANARY + "\u0000",
        CANARY + "\u00e9",
        "\uFEFF" + CANARY,
        "\u201c" + CANARY + "\u201d",
        CANARY + "\ud800",
        CANARY.repeat(100));
  }

  /** Ways to spoil a list of keys. */
  static Stream<String> spoiltLists() {
    return Stream.of(
        CANARY,
        "{" + CANARY,
        "[\"" + CANARY + "\"]",
        "[{\"id\":\"" + CANARY + "\"",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY,
        "[{\"id\":\"a\",\"apiKey\":" + CANARY + "}]",
        "[{\"id\":\"a\",\"apiKey\":'" + CANARY + "'}]",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\\q\"}]",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\n\"}]",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\\u0007\"}]",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\\ud800\"}]",
        "[{\"" + CANARY + "\":1,\"" + CANARY + "\":2}]",
        "[{\"id\":\"" + CANARY + "\",\"apiKey\":\"" + CANARY + "\"}]",
        "[{\"id\":\"" + CANARY + "\",\"apiKey\":\"x\"}]",
        "[{\"id\":\"" + CANARY + " \",\"apiKey\":\"x\"}]",
        "[{\"id\":\"a\",\"apiKey\":[\"" + CANARY + "\"]}]",
        "[{\"id\":\"b\",\"apiKey\":\"x\"},{\"id\":\"b\",\"apiKey\":\"" + CANARY + "\"}]",
        "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\"}] " + CANARY,
        "\uFEFF[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\"}]",
        "{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\"}");
  }

  static Stream<String> variables() {
    return Variables.ALL.stream().map(Variable::name).distinct();
  }

  @ParameterizedTest
  @MethodSource("spoiltKeys")
  void problems_holdNoPartOfASpoiltKey(String key) {
    assertClean(problems(Map.of("GEMINI_API_KEY", key)));
  }

  @ParameterizedTest
  @MethodSource("spoiltKeys")
  void problems_holdNoPartOfASpoiltKeyInAList(String key) {
    var list =
        MAPPER
            .createArrayNode()
            .add(MAPPER.createObjectNode().put("id", "a").put("apiKey", key))
            .toString();

    assertClean(problems(Map.of("GEMINI_API_KEYS_JSON", list, "GEMINI_API_KEY_ID", "a")));
  }

  @ParameterizedTest
  @MethodSource("spoiltLists")
  void problems_holdNoPartOfASpoiltList(String list) {
    assertClean(problems(Map.of("GEMINI_API_KEYS_JSON", list, "GEMINI_API_KEY_ID", "a")));
  }

  /** In most of these a key is not even wrong; that makes no difference where one is. */
  @ParameterizedTest
  @MethodSource("variables")
  void problems_holdNoPartOfAKeyInAnotherVariable(String name) {
    for (var value : List.of("(" + CANARY + "\u0007 \\", "https://u:" + CANARY + "@[/")) {
      var keyless = Environments.with(Environments.EXECUTOR, "GEMINI_API_KEY", "", name, value);
      assertClean(Environments.problems(WorkerConfig.fromEnv(keyless, Role.EXECUTOR)));
      var env = Environments.with(Environments.DISPATCHER, name, value);
      assertClean(Environments.problems(WorkerConfig.fromEnv(env, Role.DISPATCHER)));
    }
  }

  @Test
  void results_showTheKeyNowhere_whenItIsRight() {
    var single = Environments.executor("GEMINI_API_KEY", CANARY);
    var list = "[{\"id\":\"a\",\"apiKey\":\"" + CANARY + "\"}]";
    var several =
        Environments.executor(
            "GEMINI_API_KEY", "", "GEMINI_API_KEYS_JSON", list, "GEMINI_API_KEY_ID", "a");
    var recording =
        Environments.executor(
            "GEMINI_API_KEY", CANARY, "LLM_MODE", "record", "LLM_FIXTURES_DIR", "a");
    var overruling =
        Environments.executor("GEMINI_API_KEY", CANARY, "GEMINI_API_KEYS_JSON", CANARY);

    assertThat(List.of(single, several, recording, overruling))
        .allSatisfy(result -> {
          assertClean(List.of(result.toString(), result.config().toString()));
          assertClean(List.of(result.config().own().llm().toString()));
        });
    assertThat(several.toString()).contains("GeminiApiKey[id=a, ****]");
  }

  @Test
  void dispatcher_holdsNoKey_whenOneIsSet() {
    var result = Environments.dispatcher("GEMINI_API_KEY", CANARY, "GEMINI_API_KEY_ID", CANARY);

    assertClean(List.of(result.toString()));
    assertThat(result.given()).containsExactly("GOOGLE_CLOUD_PROJECT");
  }

  @Test
  void exceptions_holdNoKey_whenAConfigIsWrittenAsJson() {
    var config = Environments.executor("GEMINI_API_KEY", CANARY).config();

    assertThatThrownBy(() -> MAPPER.writeValueAsString(config))
        .satisfies(thrown ->
            assertClean(
                Stream.iterate(thrown, e -> e != null, Throwable::getCause)
                    .map(Throwable::toString)
                    .toList()));
  }

  @Test
  void leak_wouldBeFound() {
    assertThatThrownBy(() -> assertClean(List.of("key " + CANARY)))
        .isInstanceOf(AssertionError.class);
  }

  private static List<String> problems(Map<String, String> more) {
    var env = new HashMap<>(Environments.with(Environments.EXECUTOR, "GEMINI_API_KEY", ""));
    env.putAll(more);
    var problems = Environments.problems(WorkerConfig.fromEnv(env, Role.EXECUTOR));
    assertThat(problems).isNotEmpty();
    return problems;
  }

  private static void assertClean(List<String> shown) {
    assertThat(String.join("\n", shown)).doesNotContain(TRACES);
  }
}

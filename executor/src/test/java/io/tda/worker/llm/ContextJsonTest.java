package io.tda.worker.llm;

import static io.tda.worker.llm.LLMFixtures.context;
import static io.tda.worker.llm.LLMFixtures.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContextJsonTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "` { \"a\" : [ 1 , 2 ] } `|`{\"a\":[1,2]}`",
        "`[1.10, 100.0, 1e2, 1E+2, -0.0, 12345678901234567890, 0.1e-7]`|`[1.10,100.0,1e2,1E+2,-0.0,12345678901234567890,0.1e-7]`",
        "`{\"a\": \"</content>&\"}`|`{\"a\":\"\\u003c/content\\u003e\\u0026\"}`",
        "`{\"<k>\": null}`|`{\"\\u003ck\\u003e\":null}`",
        "`\" \\\" < \\\\\"`|`\" \\\" \\u003c \\\\\"`",
        "`\"\\u003c \\/ 😀 é\"`|`\"\\u003c \\/ 😀 é\"`"
      })
  void parse_removesWhiteSpaceAndEscapesTags_andChangesNothingElse(String json, String text) {
    assertThat(context(json).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{\"a\":1,\"a\":2}", "[1] [2]", "{'a':1}", "[NaN]", "[1,]", "// c\n1"})
  void parse_refusesWhatIsNotStrictJson(String json) {
    assertThat(ContextJson.parse(json.getBytes(UTF_8)))
        .isInstanceOf(ContextJson.Result.Malformed.class);
  }

  @Test
  void parse_keepsEveryValue_whateverTheContent() {
    for (int seed = 0; seed < 300; seed++) {
      var value = random(new Random(seed), 4);
      var text = context(value.toPrettyString()).text();
      assertThat(json(text)).isEqualTo(json(value.toString()));
      assertThat(text).doesNotContain("<", ">", "&", "\n");
    }
  }

  @Test
  void toString_andReasons_showNoContent() {
    var text = "{\"a\": \"CANARY-OUTPUT-PHRASE\"";
    assertThat(context(text + "}").toString()).doesNotContain("CANARY");
    assertThat(ContextJson.parse(text.getBytes(UTF_8)).toString()).doesNotContain("CANARY");
  }

  private static JsonNode random(RandomGenerator random, int depth) {
    var nodes = JsonNodeFactory.instance;
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> nodes.numberNode(random.nextLong());
      case 1 -> nodes.numberNode(random.nextDouble());
      case 2 -> nodes.textNode(text(random));
      case 3 -> nodes.nullNode();
      case 4 -> {
        var array = nodes.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(random(random, depth - 1));
        }
        yield array;
      }
      default -> {
        var object = nodes.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set(text(random), random(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String text(RandomGenerator random) {
    var alphabet = "a<>&\"\\/ \t\n\u0001é\u2028😀{}[]:,".codePoints().toArray();
    var text = new StringBuilder();
    for (int i = random.nextInt(12); i > 0; i--) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }
}

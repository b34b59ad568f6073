package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

  @Test
  void bytes_sortsKeysAtEveryLevel() {
    assertThat(canonical("{ \"b\" : [ {\"z\":1, \"a\":2} ], \"a\" : {\"d\":null, \"c\":true} }"))
        .isEqualTo("{\"a\":{\"c\":true,\"d\":null},\"b\":[{\"a\":2,\"z\":1}]}");
  }

  @Test
  void bytes_sortsByCodeUnit() {
    assertThat(canonical("{\"a\":1,\"B\":2,\"\uFF01\":3,\"\uD83D\uDE00\":4,\"\":5}"))
        .isEqualTo("{\"\":5,\"B\":2,\"a\":1,\"\uD83D\uDE00\":4,\"\uFF01\":3}");
  }

  @Test
  void bytes_keepsTheOrderOfArrays() {
    assertThat(canonical("[3, 1, 2]")).isEqualTo("[3,1,2]");
  }

  @Test
  void bytes_writesNonAsciiAsItIs() {
    assertThat(canonical("{\"k\":\"\\u00e9 \\ud83d\\ude00 \\u2028 </\\/\"}"))
        .isEqualTo("{\"k\":\"\u00E9 \uD83D\uDE00 \u2028 <//\"}");
  }

  @Test
  void bytes_escapesOnlyWhatItMust() {
    assertThat(canonical("\"\\u0001\\u000a\\u0022\\u005c\"")).isEqualTo("\"\\u0001\\n\\\"\\\\\"");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-7,-7",
    "12345678901234567890,12345678901234567890",
    "1.0,1.0",
    "100.0,100.0",
    "1.50,1.5",
    "1e2,100.0",
    "1E+2,100.0",
    "12.5e-1,1.25",
    "-0.0,0.0",
    "0.000001,0.000001"
  })
  void bytes_writesNumbersInOneForm(String written, String canonical) {
    assertThat(canonical(written)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100.0", "1e10", "0.1", "1.50", "-2.5e-9", "1e300", "3"})
  void sha256_isTheSame_whetherFromAFileOrADocument(String number) {
    var file = parsed("{\"minimum\":" + number + "}");
    var stored = number.matches("[0-9]+") ? (Object) Long.valueOf(number) : Double.valueOf(number);

    assertThat(CanonicalJson.sha256(DocumentJson.toObject(Map.of("minimum", stored))))
        .isEqualTo(CanonicalJson.sha256(file));
  }

  @Test
  void sha256_isThatOfTheBytes() {
    assertThat(CanonicalJson.sha256(parsed("{}")))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void bytes_leavesItsInputAlone() {
    var value = parsed("{\"b\":1.50,\"a\":2}");

    CanonicalJson.bytes(value);

    assertThat(value).hasToString("{\"b\":1.50,\"a\":2}");
  }

  private static String canonical(String text) {
    return new String(CanonicalJson.bytes(parsed(text)), UTF_8);
  }

  private static JsonNode parsed(String text) {
    return ((StrictJson.Result.Parsed) StrictJson.parse(text)).value();
  }
}

package io.tda.worker.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.json.StrictJson.Result;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  private static final String CANARY = "CANARY-OUTPUT-PHRASE";

  private static final List<String> SEEDS =
      List.of(
          "{\"a\": [1, -2.5e3, 1e400, 0.0, 12345678901234567890], \"b\": {\"c\": null}}",
          "[\"\\ud83d\\ude00 \\udc00\", \"\uD83D\uDE00 é ß 漢 \uFFFD\", true, false]",
          "{\"k\": \"a\\n\\u0041\\\"\", \"k2\": [[], {}, [{\"k\": 1, \"k\": 2}]]}",
          "[" + "9".repeat(299) + ", " + "9".repeat(301) + ", " + "1".repeat(310) + ".5]",
          "{\"" + "k".repeat(99) + "\": 1, \"" + "é".repeat(99) + "\": 2}");

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "null", "true", "0", "-0.0", "\"\"", " {\"a\" : [1] }\n"})
  void parse_takesEveryKindOfValue(String text) {
    assertThat(StrictJson.parse(text.getBytes(UTF_8))).isInstanceOf(Result.Parsed.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1,"a":2}     | line 1, column 11: duplicate key
          {"a":{"b":1,"b":2}} | line 1, column 16: duplicate key
          {"a":1} {"b":2}   | line 1, column 9: more than one value
          [1] 2             | line 1, column 5: more than one value
          {"a":             | line 1, column 6: ends too early
          {"a":"b           | line 1, column 8: ends too early
          {'a':1}           | line 1, column 2: an unexpected character
          {a:1}             | line 1, column 2: an unexpected character
          {"a":1,}          | line 1, column 8: an unexpected character
          [1,]              | line 1, column 4: an unexpected character
          {} // why         | line 1, column 4: an unexpected character
          [1 /* why */]     | line 1, column 4: an unexpected character
          NaN               | line 1, column 4: an unknown word
          -Infinity         | line 1, column 10: an unknown word
          True              | line 1, column 1: an unknown word
          01                | line 1, column 2: a malformed number
          .5                | line 1, column 1: an unexpected character
          +1                | line 1, column 2: an unexpected character
          "\\x"             | line 1, column 3: an unknown escape in a string
          "\\ud800"         | line 1, column 1: half of a surrogate pair
          {"\\udc00x":1}    | line 1, column 2: half of a surrogate pair
          "\\udc00\\ud800"  | line 1, column 1: half of a surrogate pair
          [1e999999999]     | line 1, column 2: a number out of range
          [1e99999999999]   | line 1, column 2: a number out of range
          [0e999999999]     | line 1, column 2: a number out of range
          [1e-999999999]    | line 1, column 2: a number out of range
          """)
  void parse_tellsPlaceAndKind(String text, String reason) {
    assertThat(malformed(text.getBytes(UTF_8))).isEqualTo(reason);
  }

  @Test
  void parse_countsLines() {
    assertThat(malformed("{\n  \"a\": 1,\n  oops\n}".getBytes(UTF_8)))
        .isEqualTo("line 3, column 3: an unexpected character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t "})
  void parse_namesAnEmptyText(String text) {
    assertThat(malformed(text.getBytes(UTF_8))).isEqualTo("empty");
  }

  @Test
  void parse_namesTheByteOrderMark() {
    assertThat(malformed("\uFEFF{}".getBytes(UTF_8))).isEqualTo("starts with a byte order mark");
  }

  @Test
  void parse_refusesOtherEncodings() {
    assertThat(malformed("{\"a\":1}".getBytes(UTF_16))).isEqualTo("not valid UTF-8 at byte 1");
  }

  @Test
  void parse_refusesSurrogatesThatAreEncodedOneByOne() {
    byte[] text = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};

    assertThat(malformed(text)).isEqualTo("not valid UTF-8 at byte 2");
  }

  @Test
  void parse_refusesDeepNesting_insteadOfOverflowingTheStack() {
    assertThat(malformed(nested(10_000))).endsWith("nested deeper than 100 levels");
    assertThat(malformed(nested(StrictJson.MAX_DEPTH + 1)))
        .endsWith("nested deeper than 100 levels");
    assertThat(StrictJson.parse(nested(StrictJson.MAX_DEPTH))).isInstanceOf(Result.Parsed.class);
  }

  @Test
  void parse_refusesWhatIsTooLong() {
    assertThat(malformed("1".repeat(1_001).getBytes(UTF_8))).contains("more than 1000 digits");
    assertThat(malformed(("0." + "1".repeat(1_001)).getBytes(UTF_8)))
        .contains("more than 1000 digits");
    assertThat(malformed(("{\"" + "k".repeat(10_001) + "\":1}").getBytes(UTF_8)))
        .contains("a key of more than 10000 characters");
  }

  @Test
  void parse_refusesAWholeNumberThatNoDoubleHolds() {
    assertThat(malformed("9".repeat(400).getBytes(UTF_8))).endsWith("a number out of range");
  }

  @Test
  void parse_takesLongStrings() {
    assertThat(parsed('"' + "x".repeat(25_000_000) + '"').textValue()).hasSize(25_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"100.0", "0.10", "1.50", "12345678901234567890.123456789", "7"})
  void parse_keepsTheDigits(String number) {
    assertThat(parsed(number)).hasToString(number);
  }

  @Test
  void parse_takesSurrogatePairs() {
    assertThat(parsed("\"\\ud83d\\ude00 \uD83D\uDE00\"").textValue())
        .isEqualTo("\uD83D\uDE00 \uD83D\uDE00");
  }

  @ParameterizedTest
  @MethodSource("brokenWithCanary")
  void parse_neverQuotesTheInput(String text) {
    assertThat(malformed(text.getBytes(UTF_8))).doesNotContain(CANARY).doesNotContain("CANARY");
  }

  static Stream<String> brokenWithCanary() {
    return Stream.of(
            "{'%s':1}",
            "%s",
            "{\"%s\":1,\"%s\":2}",
            "{\"a\":\"%s",
            "{\"a\":%s}",
            "\"%s\" %s",
            "[\"%s\", 1e999999999]",
            "{\"%s\\ud800\":1}",
            "\"%s\\q\"",
            "\"%s\n\"",
            "{\"a\":1} // %s",
            "{\"" + "k".repeat(10_000) + "%s\":1}",
            "[\"%s\"," + "1".repeat(1_001) + "]",
            "1%s",
            "tru%s",
            "-%s")
        .map(form -> form.replace("%s", CANARY));
  }

  /** Two parsers read the same: the one that knows places and the one that is fast. */
  @Test
  void fault_agreesWithParse_onWhateverComes() {
    var random = new SplittableRandom(42);
    for (int i = 0; i < 3_000; i++) {
      var bytes = mutated(SEEDS.get(i % SEEDS.size()).getBytes(UTF_8), i, random);
      var slow = parsedAsText(bytes);
      assertThat(StrictJson.parse(bytes)).as("mutant %d", i).isEqualTo(slow);
      assertThat(StrictJson.fault(bytes)).as("mutant %d", i).isEqualTo(fault(slow));
    }
  }

  private static Optional<String> fault(Result result) {
    return switch (result) {
      case Result.Malformed(var reason) -> Optional.of(reason);
      case Result.Parsed _ -> Optional.empty();
    };
  }

  /** As it was before there was a faster way. */
  private static Result parsedAsText(byte[] bytes) {
    try {
      return StrictJson.parse(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return StrictJson.parse(bytes);
    }
  }

  private static byte[] mutated(byte[] seed, int changes, SplittableRandom random) {
    var alphabet = "{}[]\",:\\u0123456789eE+-.dD8 \n/*aé\uFFFD".getBytes(UTF_8);
    var bytes = seed.clone();
    for (int i = 0; i < changes % 4; i++) {
      int at = random.nextInt(Math.min(bytes.length, 120));
      bytes[at] =
          random.nextInt(8) == 0
              ? (byte) random.nextInt(256)
              : alphabet[random.nextInt(alphabet.length)];
    }
    return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
  void fault_refusesOtherEncodings(String charset) {
    for (var text : List.of("{\"a\":1}", "1", "[]")) {
      assertThat(StrictJson.fault(text.getBytes(Charset.forName(charset)))).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_096, 8_191, 8_192, 8_193, 10_000, 10_001, 16_384})
  void fault_agreesWithParse_onLongKeys(int length) {
    for (var key : List.of("k".repeat(length), "é".repeat(length), "漢".repeat(length))) {
      var bytes = ("{\"" + key + "\":1}").getBytes(UTF_8);
      assertThat(StrictJson.fault(bytes).isPresent()).isEqualTo(length > 10_000);
      assertThat(StrictJson.parse(bytes)).isEqualTo(parsedAsText(bytes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {299, 300, 308, 309, 310, 999, 1_000, 1_001})
  void fault_agreesWithParse_onLongNumbers(int length) {
    for (var form : List.of("%s", "-%s", "0.%s", "%s.5", "%se2", "1e%s", "%se-900")) {
      var bytes = ("[" + form.formatted("1".repeat(length)) + "]").getBytes(UTF_8);
      assertThat(StrictJson.fault(bytes)).isEqualTo(fault(parsedAsText(bytes)));
    }
  }

  private static byte[] nested(int levels) {
    return ("[".repeat(levels) + "]".repeat(levels)).getBytes(UTF_8);
  }

  private static JsonNode parsed(String text) {
    return ((Result.Parsed) StrictJson.parse(text)).value();
  }

  private static String malformed(byte[] text) {
    return ((Result.Malformed) StrictJson.parse(text)).reason();
  }
}

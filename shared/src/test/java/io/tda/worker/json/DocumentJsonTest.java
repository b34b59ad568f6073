package io.tda.worker.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentJsonTest {

  @Test
  void toMap_givesWholeNumbersAsLongAndOthersAsDouble() {
    assertThat(read("{\"a\":1,\"b\":1.0,\"c\":1e2,\"d\":9223372036854775808}"))
        .isEqualTo(Map.of("a", 1L, "b", 1.0, "c", 100.0, "d", 9.223372036854776E18));
  }

  @Test
  void toMap_leavesOutNullFields_butKeepsNullElements() {
    assertThat(read("{\"a\":null,\"b\":[1,null]}")).isEqualTo(Map.of("b", Arrays.asList(1L, null)));
  }

  @Test
  void toMap_keepsNestingAndOrder() {
    var map = read("{\"z\":{\"y\":[{\"x\":true}]},\"a\":\"text\"}");

    assertThat(map.keySet()).containsExactly("z", "a");
    assertThat(map.get("z")).isEqualTo(Map.of("y", List.of(Map.of("x", true))));
  }

  @Test
  void toMap_cannotBeChanged() {
    var map = read("{\"a\":[1]}");

    assertThatThrownBy(() -> map.put("b", 1L)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void toObject_takesEveryDocumentValue() {
    var time = Instant.parse("2025-12-24T06:10:00.1239Z");
    var value = Map.of("v", Arrays.asList(true, 1L, 2, 1.5, "text", time, null, List.of()));

    assertThat(DocumentJson.toObject(value))
        .hasToString("{\"v\":[true,1,2,1.5,\"text\",\"2025-12-24T06:10:00.123Z\",null,[]]}");
  }

  @Test
  void toObject_andBack_givesTheSame() {
    Map<String, Object> value = Map.of("a", 1L, "b", 0.1, "c", List.of("x", Map.of("d", false)));

    assertThat(DocumentJson.toMap(DocumentJson.toObject(value))).isEqualTo(value);
  }

  @Test
  void toJson_namesOnlyTheType_whenThereIsNoJsonForIt() {
    assertThatThrownBy(() -> DocumentJson.toJson(Path.of("CANARY-OUTPUT-PHRASE")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no JSON for ")
        .hasMessageNotContaining("CANARY");
  }

  private static Map<String, Object> read(String text) {
    var parsed = (StrictJson.Result.Parsed) StrictJson.parse(text);
    return DocumentJson.toMap((ObjectNode) parsed.value());
  }
}

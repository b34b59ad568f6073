package io.tda.worker.infra.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.infra.hcl.Body;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Values that Terraform has evaluated, in the form of what they were written as. */
final class Evaluated {
  private Evaluated() {}

  static Body body(JsonNode values) {
    SequencedMap<String, String> arguments = new LinkedHashMap<>();
    List<Body.Block> blocks = new ArrayList<>();
    values
        .properties()
        .forEach(value -> {
          if (isBlocks(value.getValue())) {
            value
                .getValue()
                .forEach(
                    block -> blocks.add(new Body.Block(value.getKey(), List.of(), body(block))));
          } else if (!value.getValue().isNull()) {
            arguments.put(value.getKey(), value.getValue().toString());
          }
        });
    return new Body(arguments, blocks);
  }

  private static boolean isBlocks(JsonNode value) {
    return value.isArray() && !value.isEmpty() && value.path(0).isObject();
  }
}

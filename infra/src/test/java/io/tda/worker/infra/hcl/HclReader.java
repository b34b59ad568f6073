package io.tda.worker.infra.hcl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Text to blocks and arguments. Expressions are kept as text: what they give, only Terraform knows.
 */
public final class HclReader {
  private final Source source;

  private HclReader(String text) {
    this.source = new Source(text);
  }

  /** Reads a file's text; what is not HCL is an {@link IllegalArgumentException} with the line. */
  public static Body read(String text) {
    HclReader reader = new HclReader(text);
    Body body = reader.body();
    if (!reader.source.atEnd()) {
      throw reader.source.unexpected();
    }
    return body;
  }

  private Body body() {
    SequencedMap<String, String> arguments = new LinkedHashMap<>();
    List<Body.Block> blocks = new ArrayList<>();
    source.skipBlank();
    while (!source.atEnd() && source.peek() != '}') {
      String name = source.identifier();
      source.skipSpaces();
      if (source.takes('=')) {
        if (arguments.putIfAbsent(name, source.expression()) != null) {
          throw source.unexpected();
        }
      } else {
        blocks.add(block(name));
      }
      source.skipBlank();
    }
    return new Body(arguments, blocks);
  }

  private Body.Block block(String type) {
    List<String> labels = new ArrayList<>();
    while (source.peek() != '{') {
      labels.add(source.peek() == '"' ? source.label() : source.identifier());
      source.skipSpaces();
    }
    source.take('{');
    Body body = body();
    source.take('}');
    return new Body.Block(type, labels, body);
  }
}

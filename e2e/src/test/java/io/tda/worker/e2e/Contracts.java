package io.tda.worker.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The contracts that what comes out is held to. */
final class Contracts {
  private Contracts() {}

  static Schema schema(String name) {
    var file = "/contracts/" + name + ".schema.json";
    try (var stream = Objects.requireNonNull(Contracts.class.getResourceAsStream(file))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(stream.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

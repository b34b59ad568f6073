package io.tda.worker.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * An output schema in the part of JSON Schema that the provider understands. The same schema always
 * gives the same projection, whatever the order of its keys: a document store does not keep it.
 *
 * @param schema to be sent; a copy each time
 * @param dropped what the provider is not told, in the order of the projection
 * @param problems what the provider would refuse
 */
public record SchemaProjection(ObjectNode schema, List<Dropped> dropped, List<Violation> problems) {

  public SchemaProjection {
    dropped = List.copyOf(dropped);
    problems = List.copyOf(problems);
  }

  /**
   * A keyword that is left out.
   *
   * @param pointer to the schema that has it
   */
  public record Dropped(String pointer, String keyword) {
    /** A pointer to the keyword itself. */
    @Override
    public String toString() {
      return Violation.pointer(pointer, keyword);
    }
  }

  /** Projects a schema, which is not modified. */
  public static SchemaProjection of(ObjectNode jsonSchema) {
    var dropped = new ArrayList<Dropped>();
    var projected = new SchemaProjector(jsonSchema, dropped).project();
    return new SchemaProjection(projected, dropped, ProjectionProblems.of(projected));
  }

  /** The whole projected schema, a copy. */
  @Override
  public ObjectNode schema() {
    return schema.deepCopy();
  }

  /** Pointers to all that was left out. */
  public List<String> droppedPointers() {
    return dropped.stream().map(Dropped::toString).toList();
  }
}

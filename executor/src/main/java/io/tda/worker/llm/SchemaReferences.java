package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Follows the references of a schema to places within itself, and finds loops among them. */
final class SchemaReferences {
  private final JsonNode root;
  private final Map<String, JsonNode> anchors = new HashMap<>();

  SchemaReferences(JsonNode root) {
    this.root = root;
    SubSchemas.visit(
        "",
        root,
        (_, schema) -> {
          for (var keyword : List.of("$anchor", "$dynamicAnchor")) {
            if (schema.path(keyword).isTextual()) {
              anchors.putIfAbsent(schema.path(keyword).textValue(), schema);
            }
          }
        });
  }

  /** The schema that a reference leads to: the root, a JSON Pointer, or an anchor. */
  Optional<JsonNode> resolve(String reference) {
    var own = root.path("$id").asText("");
    var local =
        !own.isEmpty() && reference.startsWith(own) ? reference.substring(own.length()) : reference;
    if (local.isEmpty() || local.equals("#")) {
      return Optional.of(root);
    }
    if (!local.startsWith("#")) {
      return Optional.empty();
    }
    var fragment = local.substring(1);
    return fragment.startsWith("/") ? at(fragment) : Optional.ofNullable(anchors.get(fragment));
  }

  /** What this schema refers to in the end; itself where it refers to nothing. */
  JsonNode follow(JsonNode schema) {
    var current = schema;
    for (int hops = 0; hops < 100 && current.path("$ref").isTextual(); hops++) {
      var target = resolve(current.path("$ref").textValue());
      if (target.isEmpty()) {
        return current;
      }
      current = target.get();
    }
    return current;
  }

  /** Pointers to the references that lead nowhere within the schema. */
  List<String> dangling() {
    var pointers = new ArrayList<String>();
    SubSchemas.visit(
        "",
        root,
        (pointer, schema) -> {
          var reference = schema.path("$ref");
          if (reference.isTextual() && resolve(reference.textValue()).isEmpty()) {
            pointers.add(pointer + "/$ref");
          }
        });
    return pointers;
  }

  /** Pointers to schemas that apply to the same value again and again: they can never be judged. */
  List<String> endlessLoops() {
    return loops(schema ->
        SubSchemas.of("", schema).stream()
            .filter(child -> child.scope() == SubSchemas.Scope.SAME_VALUE)
            .map(SubSchemas.Child::schema)
            .toList());
  }

  /**
   * Pointers to schemas from which the given edges and references lead back to themselves, one of
   * each loop.
   *
   * @param edges the schemas one step from a schema, besides what it refers to
   */
  List<String> loops(Function<JsonNode, List<JsonNode>> edges) {
    var search = new LoopSearch(edges);
    SubSchemas.visit("", root, (_, schema) -> search.from(schema));
    var pointers = new ArrayList<String>();
    SubSchemas.visit(
        "",
        root,
        (pointer, schema) -> {
          if (search.looped.containsKey(schema)) {
            pointers.add(pointer);
          }
        });
    return pointers;
  }

  /** Depth first, each schema once. */
  private final class LoopSearch {
    private final Function<JsonNode, List<JsonNode>> edges;
    private final IdentityHashMap<JsonNode, Boolean> onPath = new IdentityHashMap<>();
    private final IdentityHashMap<JsonNode, Boolean> looped = new IdentityHashMap<>();

    LoopSearch(Function<JsonNode, List<JsonNode>> edges) {
      this.edges = edges;
    }

    void from(JsonNode schema) {
      var seen = onPath.get(schema);
      if (seen != null) {
        if (seen) {
          looped.put(schema, true);
        }
        return;
      }
      onPath.put(schema, true);
      edges.apply(schema).forEach(this::from);
      for (var keyword : List.of("$ref", "$dynamicRef")) {
        if (schema.path(keyword).isTextual()) {
          resolve(schema.path(keyword).textValue()).ifPresent(this::from);
        }
      }
      onPath.put(schema, false);
    }
  }

  private Optional<JsonNode> at(String fragment) {
    try {
      var target = root.at(JsonPointer.compile(URLDecoder.decode(fragment, UTF_8)));
      return target.isMissingNode() ? Optional.empty() : Optional.of(target);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

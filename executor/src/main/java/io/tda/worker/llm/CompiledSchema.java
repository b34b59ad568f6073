package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.tda.worker.flow.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A schema that is ready to judge values: JSON Schema 2020-12, {@code format} asserted, nothing
 * ever fetched. Safe for use by many threads.
 *
 * <p>What it reports is safe to store: pointers name only members that the schema itself names, and
 * {@code *} for any other, since those are words of the model.
 */
public final class CompiledSchema {
  /** Keywords of others, such as propertyOrdering, say nothing about a value and are no warning. */
  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .unknownKeywordFactory((name, _) -> new NonValidationKeyword(name))
          .build();

  private static final int MAX_POINTER = 300;

  private final Schema schema;
  private final Set<String> knownNames;

  private CompiledSchema(Schema schema, Set<String> knownNames) {
    this.schema = schema;
    this.knownNames = knownNames;
  }

  /** The schema, or empty where it is none, or refers to what it does not contain. */
  public static Optional<CompiledSchema> compile(JsonNode jsonSchema) {
    try {
      // A registry of its own: two versions of a schema may carry the same $id.
      var schema = registry(_ -> false).getSchema(jsonSchema);
      schema.initializeValidators();
      return Optional.of(new CompiledSchema(schema, names(jsonSchema)));
    } catch (SchemaException | StackOverflowError _) {
      return Optional.empty();
    }
  }

  /** What the specification's own schema says against this one: pointer and keyword each. */
  static List<Violation> metaViolations(JsonNode jsonSchema) {
    return switch (SchemaEvaluation.of(Meta.SCHEMA, jsonSchema)) {
      case SchemaEvaluation.Outcome.TooCostly() ->
          List.of(new Violation("", "is too large to be checked"));
      case SchemaEvaluation.Outcome.Judged(var errors) ->
          errors.stream()
              .map(error -> new Violation(pointer(error, _ -> true), keyword(error)))
              .distinct()
              .toList();
    };
  }

  /** What is wrong with the value, at most this many; empty where it meets the schema. */
  public List<Violation> violations(JsonNode value, int max) {
    return switch (SchemaEvaluation.of(schema, value)) {
      case SchemaEvaluation.Outcome.TooCostly() -> List.of(new Violation("", "evaluation_limit"));
      case SchemaEvaluation.Outcome.Judged(var errors) ->
          errors.stream()
              .map(error -> new Violation(pointer(error, knownNames::contains), keyword(error)))
              .distinct()
              .limit(max)
              .toList();
    };
  }

  private static SchemaRegistry registry(Predicate<String> mayLoad) {
    var config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .regularExpressionFactory(SchemaPattern::compile)
            .build();
    return SchemaRegistry.withDialect(
        DIALECT,
        registry ->
            registry
                .schemaRegistryConfig(config)
                .schemaLoader(loader -> loader.allow(iri -> mayLoad.test(iri.toString()))));
  }

  private static Set<String> names(JsonNode jsonSchema) {
    var names = new TreeSet<String>();
    SubSchemas.visit(
        "",
        jsonSchema,
        (_, schema) -> {
          schema.path("properties").fieldNames().forEachRemaining(names::add);
          schema.path("required").forEach(name -> names.add(name.asText()));
        });
    return Set.copyOf(names);
  }

  private static String keyword(Error error) {
    return error.getKeyword() == null ? "schema" : error.getKeyword();
  }

  private static String pointer(Error error, Predicate<String> known) {
    var pointer = "";
    var path = error.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      pointer =
          path.getElement(i) instanceof Integer index
              ? pointer + "/" + index
              : named(pointer, String.valueOf(path.getElement(i)), known);
    }
    // The member that is missing or too many, where that is the fault.
    var property = error.getProperty();
    pointer = property == null ? pointer : named(pointer, property, known);
    return pointer.length() <= MAX_POINTER ? pointer : pointer.substring(0, MAX_POINTER) + "…";
  }

  private static String named(String parent, String name, Predicate<String> known) {
    return known.test(name) ? Violation.pointer(parent, name) : parent + "/*";
  }

  /** Loaded from the validator's own jar, when the first schema is checked. */
  private static final class Meta {
    static final Schema SCHEMA = load();

    private static Schema load() {
      var location = SchemaLocation.of(DIALECT.getId());
      return registry(iri ->
              iri.startsWith("https://json-schema.org/draft/2020-12/")
                  || iri.startsWith("classpath:draft/2020-12/"))
          .getSchema(location);
    }
  }
}

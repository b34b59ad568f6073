package io.tda.worker.infra.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tda.worker.infra.hcl.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The arguments of the provider's resources that we use, as its documentation of version 7.45 has
 * them. A new argument is looked up there and added to the file.
 */
public final class ProviderArguments {
  private static final Set<String> OF_TERRAFORM =
      Set.of("count", "depends_on", "for_each", "lifecycle", "provider");

  private static final JsonNode KNOWN = load();

  private ProviderArguments() {}

  /** All of them: for each resource its attributes, with type and use, and its blocks. */
  public static JsonNode known() {
    return KNOWN;
  }

  static Stream<String> unknown(Infra.Resource resource) {
    JsonNode known = KNOWN.path("resources").path(resource.type());
    return known.isMissingNode()
        ? Stream.of(resource + " is not known")
        : unknown(known, resource.body()).map(what -> resource + ": " + what);
  }

  private static Stream<String> unknown(JsonNode known, Body body) {
    Stream<String> missing =
        known.path("attributes").properties().stream()
            .filter(attribute -> attribute.getValue().path(1).asText().equals("r"))
            .map(attribute -> attribute.getKey())
            .filter(name -> !body.arguments().containsKey(name))
            .map(name -> name + " is missing");
    Stream<String> arguments =
        body.arguments().keySet().stream()
            .filter(name -> !OF_TERRAFORM.contains(name) && !isSettable(known, name));
    Stream<String> blocks = body.blocks().stream().flatMap(block -> unknown(known, block));
    return Stream.concat(missing, Stream.concat(arguments, blocks));
  }

  private static Stream<String> unknown(JsonNode known, Body.Block block) {
    if (OF_TERRAFORM.contains(block.type())) {
      return Stream.of();
    }
    boolean dynamic = block.type().equals("dynamic");
    String type = dynamic ? block.labels().getFirst() : block.type();
    JsonNode nested = known.path("blocks").path(type);
    return nested.isMissingNode()
        ? Stream.of(type)
        : (dynamic ? block.body().all("content").stream() : Stream.of(block.body()))
            .flatMap(body -> unknown(nested, body));
  }

  private static boolean isSettable(JsonNode known, String name) {
    String use = known.path("attributes").path(name).path(1).asText();
    return use.contains("r") || use.contains("o");
  }

  private static JsonNode load() {
    try (InputStream file =
        Objects.requireNonNull(
            ProviderArguments.class.getResourceAsStream("/google-provider-arguments.json"))) {
      return new ObjectMapper().readTree(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}

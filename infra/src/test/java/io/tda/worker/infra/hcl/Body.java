package io.tda.worker.infra.hcl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What stands between two braces, or in a file.
 *
 * @param arguments the text of each argument's expression, without comments
 */
public record Body(SequencedMap<String, String> arguments, List<Block> blocks) {

  /** A block with its labels, such as {@code resource "type" "name" { … }}. */
  public record Block(String type, List<String> labels, Body body) {
    /** Its labels, or its type where it has none. */
    public String name() {
      return labels.isEmpty() ? type : String.join(".", labels);
    }
  }

  public Body {
    blocks = List.copyOf(blocks);
  }

  /** The blocks of one type, those that {@code dynamic} makes included. */
  public List<Body> all(String type) {
    return blocks.stream()
        .flatMap(block -> {
          if (block.type().equals(type)) {
            return List.of(block.body()).stream();
          }
          return block.type().equals("dynamic") && block.labels().getFirst().equals(type)
              ? block.body().all("content").stream()
              : List.<Body>of().stream();
        })
        .toList();
  }

  /** The first block at the end of a path. */
  public Optional<Body> at(String... path) {
    Optional<Body> body = Optional.of(this);
    for (String type : path) {
      body = body.flatMap(outer -> outer.all(type).stream().findFirst());
    }
    return body;
  }

  /** An argument's expression; empty text where it is not given. */
  public String text(String argument) {
    return arguments.getOrDefault(argument, "");
  }

  /** An argument's value where it is a constant. */
  public Optional<Object> constant(String argument) {
    return Optional.ofNullable(arguments.get(argument)).flatMap(Constant::of);
  }

  /** Whether an argument is given with this constant. */
  public boolean has(String argument, Object value) {
    return constant(argument).filter(value::equals).isPresent();
  }

  /** The arguments of an object that is given as a constant. */
  @SuppressWarnings("unchecked") // keys of an HCL object are texts
  public Map<String, Object> object(String argument) {
    return constant(argument)
        .filter(Map.class::isInstance)
        .map(value -> (Map<String, Object>) value)
        .orElse(Map.of());
  }
}

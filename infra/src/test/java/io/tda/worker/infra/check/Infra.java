package io.tda.worker.infra.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.infra.hcl.Body;
import io.tda.worker.infra.hcl.HclReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The infrastructure as it is written down, or as one environment of it would be made.
 *
 * @param files the text's files below terraform/, by path; none where Terraform has evaluated it
 */
public record Infra(SequencedMap<String, Body> files, List<Resource> resources) {

  /** One resource, or one of several that are written as one. */
  public record Resource(String where, String type, String name, Body body) {
    @Override
    public String toString() {
      return where + ": " + type + "." + name;
    }
  }

  public Infra {
    resources = List.copyOf(resources);
  }

  /** Reads all *.tf below a folder. */
  public static Infra written(Path terraform) {
    SequencedMap<String, Body> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(terraform)) {
      paths
          .filter(
              path -> path.toString().endsWith(".tf") && !path.toString().contains("/.terraform/"))
          .forEach(path -> files.put(terraform.relativize(path).toString(), read(path)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    List<Resource> resources =
        files.entrySet().stream()
            .flatMap(file ->
                file.getValue().blocks().stream()
                    .filter(block -> block.type().equals("resource"))
                    .map(block ->
                        new Resource(
                            file.getKey(),
                            block.labels().getFirst(),
                            block.labels().getLast(),
                            block.body())))
            .toList();
    return new Infra(files, resources);
  }

  /** Takes a state of Terraform as {@code terraform show -json} gives it. */
  public static Infra evaluated(JsonNode state) {
    return new Infra(new TreeMap<>(), resources(state.path("root_module")).toList());
  }

  private static Stream<Resource> resources(JsonNode module) {
    Stream<Resource> own =
        stream(module.path("resources"))
            .filter(resource -> resource.path("mode").asText().equals("managed"))
            .map(resource ->
                new Resource(
                    resource.path("address").asText(),
                    resource.path("type").asText(),
                    resource.path("name").asText(),
                    Evaluated.body(resource.path("values"))));
    return Stream.concat(own, stream(module.path("child_modules")).flatMap(Infra::resources));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static Body read(Path file) {
    try {
      return HclReader.read(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException(file + ": " + broken.getMessage(), broken);
    }
  }

  /** All of one type. */
  public List<Resource> all(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type)).toList();
  }

  /** All of one type and name. */
  public List<Resource> all(String type, String name) {
    return all(type).stream().filter(resource -> resource.name().equals(name)).toList();
  }

  /** Whether there is text to look at. */
  public boolean isWritten() {
    return !files.isEmpty();
  }
}

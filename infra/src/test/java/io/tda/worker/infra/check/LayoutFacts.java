package io.tda.worker.infra.check;

import io.tda.worker.infra.hcl.Body;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How the text is laid out. */
final class LayoutFacts {
  private LayoutFacts() {}

  static List<Fact> all() {
    return List.of(
        new Fact("variables are described and typed", LayoutFacts::variables),
        new Fact("outputs are described", LayoutFacts::outputs),
        new Fact("variables and outputs are sorted", LayoutFacts::sorted),
        new Fact("environments differ in their values only", LayoutFacts::environments),
        new Fact("versions are pinned", LayoutFacts::versions),
        new Fact("every argument is one of the provider's", LayoutFacts::arguments));
  }

  private static List<String> variables(Infra infra) {
    return blocks(infra, "variable")
        .filter(entry ->
            entry.getValue().body().text("description").isEmpty()
                || entry.getValue().body().text("type").isEmpty())
        .map(LayoutFacts::where)
        .toList();
  }

  private static List<String> outputs(Infra infra) {
    return blocks(infra, "output")
        .filter(entry -> entry.getValue().body().text("description").isEmpty())
        .map(LayoutFacts::where)
        .toList();
  }

  private static List<String> sorted(Infra infra) {
    return infra.files().entrySet().stream()
        .filter(file -> file.getKey().matches(".*/(variables|outputs)\\.tf"))
        .filter(file -> {
          List<String> names = file.getValue().blocks().stream().map(Body.Block::name).toList();
          return !names.equals(names.stream().sorted().toList());
        })
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> environments(Infra infra) {
    return Stream.of("main.tf", "outputs.tf", "variables.tf", "versions.tf")
        .filter(file ->
            !Objects.equals(
                infra.files().get("envs/dev/" + file), infra.files().get("envs/prod/" + file)))
        .toList();
  }

  private static List<String> versions(Infra infra) {
    return infra.files().entrySet().stream()
        .filter(file -> file.getKey().endsWith("versions.tf"))
        .filter(file ->
            !file.getValue().at("terraform").map(terraform -> pinned(terraform)).orElse(false))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean pinned(Body terraform) {
    return !terraform.text("required_version").isEmpty()
        && terraform
            .at("required_providers")
            .filter(providers -> providers.text("google").contains("\"~> 7."))
            .isPresent();
  }

  private static List<String> arguments(Infra infra) {
    return infra.isWritten()
        ? infra.resources().stream().flatMap(ProviderArguments::unknown).toList()
        : List.of();
  }

  private static Stream<Map.Entry<String, Body.Block>> blocks(Infra infra, String type) {
    return infra.files().entrySet().stream()
        .flatMap(file ->
            file.getValue().blocks().stream()
                .filter(block -> block.type().equals(type))
                .map(block -> Map.entry(file.getKey(), block)));
  }

  private static String where(Map.Entry<String, Body.Block> block) {
    return block.getKey() + ": " + block.getValue().name();
  }
}

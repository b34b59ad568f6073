package io.tda.worker.infra.check;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that has to hold.
 *
 * @param violations where it does not
 */
public record Fact(String name, Function<Infra, List<String>> violations) {

  /** Everything that is checked. */
  public static List<Fact> all() {
    return Stream.of(
            AccessFacts.all(),
            DeliveryFacts.all(),
            EventFacts.all(),
            ServiceFacts.all(),
            StorageFacts.all(),
            FirestoreFacts.all(),
            LayoutFacts.all())
        .flatMap(List::stream)
        .toList();
  }

  /** The names of those that do not hold, with where. */
  public static List<String> broken(Infra infra) {
    return all().stream()
        .flatMap(fact ->
            fact.violations().apply(infra).stream().map(where -> fact.name() + ": " + where))
        .toList();
  }

  /** A fact about each resource of a type; that there is none breaks it too. */
  static Fact each(String name, String type, Function<Infra.Resource, Boolean> holds) {
    return new Fact(
        name,
        infra -> {
          List<Infra.Resource> resources = infra.all(type);
          return resources.isEmpty()
              ? List.of("there is no " + type)
              : resources.stream()
                  .filter(resource -> !holds.apply(resource))
                  .map(Infra.Resource::toString)
                  .toList();
        });
  }

  /** A fact about one resource; that there is none, or are two, breaks it too. */
  static Fact one(
      String name, String type, String called, Function<Infra.Resource, Boolean> holds) {
    return new Fact(
        name,
        infra -> {
          List<Infra.Resource> resources = infra.all(type, called);
          return resources.size() == 1 && holds.apply(resources.getFirst())
              ? List.of()
              : List.of(type + "." + called);
        });
  }
}

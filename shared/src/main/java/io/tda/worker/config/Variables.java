package io.tda.worker.config;

import java.util.List;
import java.util.stream.Stream;

/** Every variable there is, in the order of the documentation. */
final class Variables {
  static final List<Variable<?>> ALL =
      Stream.of(
              CommonVariables.ALL,
              DispatcherVariables.ALL,
              ExecutorVariables.ALL,
              GeminiVariables.ALL,
              LimitVariables.ALL)
          .flatMap(List::stream)
          .toList();

  private Variables() {}
}

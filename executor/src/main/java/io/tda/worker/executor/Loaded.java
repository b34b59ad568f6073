package io.tda.worker.executor;

import io.tda.worker.flow.StepError;
import java.util.function.Function;

/** Something a report needs: there, or the reason why the step fails without it. */
sealed interface Loaded<T> {

  /** It is there and usable. */
  record Value<T>(T value) implements Loaded<T> {}

  /** It is not. */
  record Refused<T>(StepError error) implements Loaded<T> {}

  /** Goes on with the value, if there is one. */
  default <R> Loaded<R> then(Function<T, Loaded<R>> next) {
    return switch (this) {
      case Value<T>(var value) -> next.apply(value);
      case Refused<T>(var error) -> new Refused<>(error);
    };
  }
}

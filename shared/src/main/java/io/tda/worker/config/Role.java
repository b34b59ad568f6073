package io.tda.worker.config;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which service reads its settings, and so which variables there are for it.
 *
 * @param <S> the settings that only this role has
 */
public final class Role<S> {
  /** Takes events and claims steps. Knows of no key and no bucket, even where they are set. */
  public static final Role<DispatcherConfig> DISPATCHER =
      new Role<>(Audience.DISPATCHER, DispatcherSettings::check);

  /** Runs steps. */
  public static final Role<ExecutorConfig> EXECUTOR =
      new Role<>(Audience.EXECUTOR, ExecutorSettings::check);

  private final Audience audience;
  private final Function<EnvReader, Supplier<S>> settings;

  private Role(Audience audience, Function<EnvReader, Supplier<S>> settings) {
    this.audience = audience;
    this.settings = settings;
  }

  Audience audience() {
    return audience;
  }

  /** Reports problems to the reader; what is returned may be called where there are none. */
  Supplier<S> check(EnvReader env) {
    return settings.apply(env);
  }
}

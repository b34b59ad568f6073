package io.tda.worker.config;

import java.util.List;

/**
 * What became of an environment.
 *
 * @param <S> the settings that only the role has
 */
public sealed interface ConfigResult<S> {

  /**
   * The service can start.
   *
   * @param warnings what is valid but hardly meant, sorted
   * @param given the names of the variables that were set, sorted
   */
  record Valid<S>(WorkerConfig<S> config, List<ConfigFinding> warnings, List<String> given)
      implements ConfigResult<S> {
    public Valid {
      warnings = List.copyOf(warnings);
      given = List.copyOf(given);
    }
  }

  /**
   * The service cannot start.
   *
   * @param problems all of them, sorted
   */
  record Invalid<S>(List<ConfigFinding> problems) implements ConfigResult<S> {
    /** What the process ends with: {@code EX_CONFIG} of sysexits. */
    public static final int EXIT_CODE = 78;

    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}

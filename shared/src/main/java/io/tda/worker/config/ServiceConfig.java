package io.tda.worker.config;

import io.tda.worker.log.Severity;
import java.util.Set;

/**
 * What the service is and where it runs.
 *
 * @param environment such as {@code dev}
 * @param project the Google Cloud project
 * @param logLevel lines below are not written
 */
public record ServiceConfig(String environment, String project, Severity logLevel) {
  private static final Set<String> PRODUCTION = Set.of("prod", "production");

  /** Whether this is an environment where nothing may be made up. */
  public boolean isProduction() {
    return isProduction(environment);
  }

  static boolean isProduction(String environment) {
    return PRODUCTION.contains(environment);
  }
}

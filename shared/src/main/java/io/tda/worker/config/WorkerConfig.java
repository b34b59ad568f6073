package io.tda.worker.config;

import java.util.Map;

/**
 * All settings of one service.
 *
 * @param <S> the settings that only its role has
 * @param own those
 */
public record WorkerConfig<S>(
    ServiceConfig service,
    HttpConfig http,
    FirestoreConfig firestore,
    LeaseConfig lease,
    EmulatorConfig emulators,
    RunIdFilter runIds,
    S own) {

  /**
   * Reads the settings of a role. Blank counts as unset; a variable that is not declared for the
   * role is not looked at.
   */
  public static <S> ConfigResult<S> fromEnv(Map<String, String> env, Role<S> role) {
    var reader = new EnvReader(env, role.audience());
    CommonSettings.check(reader);
    var own = role.check(reader);
    return reader.finish(() -> CommonSettings.build(reader, role.audience(), own.get()));
  }
}

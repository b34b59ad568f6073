package io.tda.worker.config;

import static io.tda.worker.config.CommonVariables.CLAIM_MAX_AGE_HOURS;
import static io.tda.worker.config.CommonVariables.DISPATCH_LEASE_SECONDS;
import static io.tda.worker.config.CommonVariables.ENV;
import static io.tda.worker.config.CommonVariables.FIRESTORE_DATABASE;
import static io.tda.worker.config.CommonVariables.FIRESTORE_EMULATOR_HOST;
import static io.tda.worker.config.CommonVariables.FLOW_RUNS_COLLECTION;
import static io.tda.worker.config.CommonVariables.GOOGLE_CLOUD_PROJECT;
import static io.tda.worker.config.CommonVariables.LEASE_SECONDS;
import static io.tda.worker.config.CommonVariables.LOG_LEVEL;
import static io.tda.worker.config.CommonVariables.MAX_CLAIM_ATTEMPTS;
import static io.tda.worker.config.CommonVariables.PORT;
import static io.tda.worker.config.CommonVariables.PUBSUB_EMULATOR_HOST;
import static io.tda.worker.config.CommonVariables.PUSH_AUDIENCE;
import static io.tda.worker.config.CommonVariables.PUSH_CERTS_URL;
import static io.tda.worker.config.CommonVariables.PUSH_SERVICE_ACCOUNT;
import static io.tda.worker.config.CommonVariables.RUN_ID_PATTERN;
import static io.tda.worker.config.CommonVariables.STEP_LEASES_COLLECTION;
import static io.tda.worker.config.CommonVariables.STORAGE_EMULATOR_HOST;
import static io.tda.worker.config.CommonVariables.SWEEP_GRACE_SECONDS;

import io.tda.worker.config.EmulatorConfig.Endpoint;
import java.util.List;
import java.util.Optional;

/** Checks and builds what both services have. */
final class CommonSettings {
  private static final List<Variable<?>> NOT_IN_PRODUCTION =
      List.of(FIRESTORE_EMULATOR_HOST, PUBSUB_EMULATOR_HOST, STORAGE_EMULATOR_HOST, PUSH_CERTS_URL);

  private CommonSettings() {}

  static void check(EnvReader env) {
    // Leases among the runs would raise an event with every heartbeat.
    env.requireDistinct(List.of(FLOW_RUNS_COLLECTION, STEP_LEASES_COLLECTION));
    if (isProduction(env)) {
      NOT_IN_PRODUCTION.stream()
          .filter(env::isGiven)
          .forEach(variable -> env.refuse(variable, "must not be set in production"));
    }
    if (env.isGiven(PUSH_AUDIENCE)) {
      env.require(PUSH_SERVICE_ACCOUNT, "with PUSH_AUDIENCE");
    }
    if (env.isGiven(PUSH_SERVICE_ACCOUNT)) {
      env.require(PUSH_AUDIENCE, "with PUSH_SERVICE_ACCOUNT");
    }
    if (env.isGiven(PUSH_CERTS_URL) && !env.isGiven(PUSH_SERVICE_ACCOUNT)) {
      env.require(PUSH_AUDIENCE, "with PUSH_CERTS_URL");
    }
  }

  static boolean isProduction(EnvReader env) {
    return env.find(ENV).filter(ServiceConfig::isProduction).isPresent();
  }

  static <S> WorkerConfig<S> build(EnvReader env, Audience role, S own) {
    return new WorkerConfig<>(
        new ServiceConfig(env.get(ENV), env.get(GOOGLE_CLOUD_PROJECT), env.get(LOG_LEVEL)),
        new HttpConfig(env.get(PORT), env.get(maxRequestBytes(role)), pushAuth(env)),
        new FirestoreConfig(
            env.get(FIRESTORE_DATABASE),
            env.get(FLOW_RUNS_COLLECTION),
            env.get(STEP_LEASES_COLLECTION)),
        lease(env),
        new EmulatorConfig(
            endpoint(env.find(FIRESTORE_EMULATOR_HOST)),
            endpoint(env.find(PUBSUB_EMULATOR_HOST)),
            endpoint(env.find(STORAGE_EMULATOR_HOST))),
        env.find(RUN_ID_PATTERN).map(RunIdFilter::matching).orElse(RunIdFilter.ALL),
        own);
  }

  private static LeaseConfig lease(EnvReader env) {
    return new LeaseConfig(
        env.get(LEASE_SECONDS),
        env.get(DISPATCH_LEASE_SECONDS),
        env.get(SWEEP_GRACE_SECONDS),
        env.get(MAX_CLAIM_ATTEMPTS),
        env.get(CLAIM_MAX_AGE_HOURS));
  }

  private static PushAuth pushAuth(EnvReader env) {
    return env.isGiven(PUSH_AUDIENCE)
        ? new PushAuth.Oidc(
            env.get(PUSH_AUDIENCE), env.get(PUSH_SERVICE_ACCOUNT), env.get(PUSH_CERTS_URL))
        : new PushAuth.None();
  }

  private static Endpoint endpoint(Optional<Endpoint.Emulator> emulator) {
    return emulator.map(Endpoint.class::cast).orElseGet(Endpoint.GoogleCloud::new);
  }

  private static Variable<Integer> maxRequestBytes(Audience role) {
    return role == Audience.DISPATCHER
        ? LimitVariables.DISPATCHER_MAX_REQUEST_BYTES
        : LimitVariables.EXECUTOR_MAX_REQUEST_BYTES;
  }
}

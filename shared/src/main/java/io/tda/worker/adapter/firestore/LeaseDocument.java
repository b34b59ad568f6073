package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.lease.StepLease;
import io.tda.worker.lease.StepLease.Effort;
import io.tda.worker.lease.StepLease.Holder;
import io.tda.worker.store.Document;
import io.tda.worker.store.FieldPath;
import io.tda.worker.store.Patch;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a lease is stored.
 *
 * <p>Reading never fails. A document that somebody has damaged is read as a lease that has used up
 * all its attempts under a claim nobody holds: messages for the step count as stale, and once it
 * expires the sweep ends the step with {@code INTERNAL}. As no lease at all, it would leave the
 * step RUNNING for ever; as a fault, it would stop every sweep that meets it.
 */
final class LeaseDocument {
  static final String EXPIRES_AT = "expiresAt";

  /** The claim of a lease that cannot be read. */
  static final ClaimId NOBODY = new ClaimId("00000000-0000-0000-0000-000000000000");

  /** For Firestore's TTL policy, which removes what the sweep has left behind. */
  private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(7);

  private static final String DISPATCHED = "DISPATCHED";
  private static final String EXECUTING = "EXECUTING";
  private static final List<String> OPTIONAL_FIELDS =
      List.of("executorId", "lastError", "notBefore");

  private LeaseDocument() {}

  /** The fields of a new document. */
  static Map<String, Object> toMap(StepLease lease) {
    var claim = lease.claim();
    var map = new LinkedHashMap<String, Object>();
    map.put("runId", claim.step().runId().value());
    map.put("stepId", claim.step().stepId().value());
    map.put("stepType", claim.stepType());
    map.put("claimId", claim.id().value());
    map.put("attempt", (long) claim.attempt());
    map.put("eventId", claim.eventId());
    map.put("claimedAt", stored(claim.claimedAt()));
    switch (lease.holder()) {
      case Holder.Queue() -> map.put("state", DISPATCHED);
      case Holder.Executor(var executorId) -> {
        map.put("state", EXECUTING);
        map.put("executorId", executorId);
      }
    }
    map.put(EXPIRES_AT, stored(lease.expiresAt()));
    map.put("termSeconds", Math.max(1, lease.term().toSeconds()));
    map.put("deliveries", (long) lease.effort().deliveries());
    map.put("modelCalls", (long) lease.effort().modelCalls());
    if (lease.lastError() != null) {
      map.put("lastError", lease.lastError().name());
    }
    if (lease.notBefore() != null) {
      map.put("notBefore", stored(lease.notBefore()));
    }
    map.put("purgeAt", stored(lease.expiresAt().plus(KEPT_AFTER_EXPIRY)));
    return map;
  }

  /** The change that makes any older lease of the step into this one. */
  static Patch toPatch(StepLease lease) {
    var fields = toMap(lease);
    var set = new LinkedHashMap<FieldPath, Object>();
    fields.forEach((name, value) -> set.put(FieldPath.of(name), value));
    var deleted =
        OPTIONAL_FIELDS.stream()
            .filter(name -> !fields.containsKey(name))
            .map(FieldPath::of)
            .toList();
    return new Patch(set, deleted);
  }

  static Versioned<StepLease> read(StepKey step, Document document) {
    return new Versioned<>(read(step, document.data()), document.updateTime());
  }

  static StepLease read(StepKey step, Map<String, Object> data) {
    var claim = claim(step, data);
    var holder = holder(data);
    var term = count(data.get("termSeconds"));
    var deliveries = count(data.get("deliveries"));
    var modelCalls = count(data.get("modelCalls"));
    if (claim == null
        || holder == null
        || term < 1
        || deliveries < 0
        || modelCalls < 0
        || !(data.get(EXPIRES_AT) instanceof Instant expiresAt)) {
      return unreadable(step, data);
    }
    return new StepLease(
        claim,
        holder,
        expiresAt,
        Duration.ofSeconds(term),
        new Effort(deliveries, modelCalls),
        errorCode(data.get("lastError")),
        data.get("notBefore") instanceof Instant notBefore ? notBefore : null);
  }

  /** The step that a lease document belongs to; empty where the id is none of ours. */
  static Optional<StepKey> step(String documentId) {
    // A run id holds no "~", a step id may.
    int separator = documentId.indexOf('~');
    if (separator < 0) {
      return Optional.empty();
    }
    return RunId.parse(documentId.substring(0, separator))
        .flatMap(runId ->
            StepId.parse(documentId.substring(separator + 1))
                .map(stepId -> new StepKey(runId, stepId)));
  }

  private static StepLease unreadable(StepKey step, Map<String, Object> data) {
    return new StepLease(
        new Claim(step, "", NOBODY, Integer.MAX_VALUE, "", Instant.EPOCH),
        new Holder.Executor("unreadable"),
        data.get(EXPIRES_AT) instanceof Instant expiresAt ? expiresAt : Instant.EPOCH,
        Duration.ofSeconds(1),
        Effort.NONE,
        ErrorCode.INTERNAL,
        null);
  }

  private static @Nullable Claim claim(StepKey step, Map<String, Object> data) {
    if (step.runId().value().equals(data.get("runId"))
        && step.stepId().value().equals(data.get("stepId"))
        && data.get("stepType") instanceof String stepType
        && data.get("claimId") instanceof String claimId
        && count(data.get("attempt")) >= 1
        && data.get("eventId") instanceof String eventId
        && data.get("claimedAt") instanceof Instant claimedAt) {
      int attempt = count(data.get("attempt"));
      return ClaimId.parse(claimId)
          .map(id -> new Claim(step, stepType, id, attempt, eventId, claimedAt))
          .orElse(null);
    }
    return null;
  }

  private static @Nullable Holder holder(Map<String, Object> data) {
    return switch (data.get("state")) {
      case String state when state.equals(DISPATCHED) -> new Holder.Queue();
      case String state
          when state.equals(EXECUTING) && data.get("executorId") instanceof String executorId ->
          new Holder.Executor(executorId);
      case null, default -> null;
    };
  }

  /** The number, or -1 where it is none that makes sense. */
  private static int count(@Nullable Object value) {
    return value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE
        ? number.intValue()
        : -1;
  }

  /** A newer version may have written a code that this one does not know. */
  private static @Nullable ErrorCode errorCode(@Nullable Object value) {
    return value instanceof String name
        ? Arrays.stream(ErrorCode.values())
            .filter(code -> code.name().equals(name))
            .findFirst()
            .orElse(ErrorCode.INTERNAL)
        : null;
  }

  private static Instant stored(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }
}

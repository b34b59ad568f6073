package io.tda.worker.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import io.tda.worker.id.StepKey;
import io.tda.worker.id.Timeframe;
import io.tda.worker.json.JsonFields;
import io.tda.worker.json.JsonType;
import io.tda.worker.json.StrictJson;
import io.tda.worker.time.Rfc3339;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@link StepClaimed} in a Pub/Sub message, see {@code step_claimed.schema.json}.
 *
 * <p>The attributes repeat what a filter or a reader of dead letters wants to know; only the data
 * count.
 */
public final class StepClaimedJson {
  /** The version that is written, and the only one that is read. */
  public static final int SCHEMA_VERSION = 1;

  /** The largest message that is read. */
  public static final int MAX_BYTES = 64 * 1024;

  private static final String TRACEPARENT = "traceparent";
  private static final Pattern TRACE_CONTEXT =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final JsonType<RunId> RUN_ID = JsonType.text(RunId::parse, RunId.RULE);
  private static final JsonType<StepId> STEP_ID = JsonType.text(StepId::parse, StepId.RULE);
  private static final JsonType<String> STEP_TYPE = matching("[A-Z][A-Z0-9_]{0,63}");
  private static final JsonType<Timeframe> TIMEFRAME =
      JsonType.text(Timeframe::parse, Timeframe.RULE);
  private static final JsonType<ClaimId> CLAIM_ID =
      JsonType.text(ClaimId::parse, "must be a lower-case UUID");

  private StepClaimedJson() {}

  /** What became of a message's data. */
  public sealed interface Result {

    /** It is a message of the version that is understood. */
    record Parsed(StepClaimed message) implements Result {}

    /** It is not: all that is wrong with it. */
    record Invalid(List<Violation> violations) implements Result {
      public Invalid {
        violations = List.copyOf(violations);
      }
    }
  }

  /** The message's data; the same message always gives the same bytes. */
  public static byte[] data(StepClaimed message) {
    var claim = message.claim();
    var json = JsonNodeFactory.instance.objectNode();
    json.put("schemaVersion", SCHEMA_VERSION);
    json.put("runId", claim.step().runId().value());
    json.put("stepId", claim.step().stepId().value());
    json.put("stepType", claim.stepType());
    putIfPresent(json, "timeframe", message.timeframe());
    putIfPresent(json, "flowKey", message.flowKey());
    json.put("claimId", claim.id().value());
    json.put("attempt", claim.attempt());
    json.put("eventId", claim.eventId());
    json.put("claimedAt", Rfc3339.format(claim.claimedAt()));
    return json.toString().getBytes(UTF_8);
  }

  /**
   * The message's attributes.
   *
   * @param traceparent W3C trace context; left out where it is null or not of that form
   */
  public static Map<String, String> attributes(StepClaimed message, @Nullable String traceparent) {
    var claim = message.claim();
    var attributes = new LinkedHashMap<String, String>();
    attributes.put("runId", claim.step().runId().value());
    attributes.put("stepId", claim.step().stepId().value());
    attributes.put("stepType", claim.stepType());
    attributes.put("claimId", claim.id().value());
    attributes.put("schemaVersion", String.valueOf(SCHEMA_VERSION));
    if (traceparent != null && isTraceContext(traceparent)) {
      attributes.put(TRACEPARENT, traceparent);
    }
    return attributes;
  }

  /** The trace that the message belongs to, if its attributes name one. */
  public static Optional<String> traceparent(Map<String, String> attributes) {
    return Optional.ofNullable(attributes.get(TRACEPARENT)).filter(StepClaimedJson::isTraceContext);
  }

  /** Reads a message's data. Fields that this version does not know are ignored. */
  public static Result parse(byte[] data) {
    if (data.length > MAX_BYTES) {
      return invalid("must have at most " + MAX_BYTES + " bytes");
    }
    return switch (StrictJson.parse(data)) {
      case StrictJson.Result.Malformed(var reason) -> invalid(reason);
      case StrictJson.Result.Parsed(ObjectNode object) -> parse(object);
      case StrictJson.Result.Parsed _ -> invalid(JsonType.OBJECT.rule());
    };
  }

  private static Result parse(ObjectNode object) {
    var violations = new ArrayList<Violation>();
    var fields = new JsonFields(object, "", (at, rule) -> violations.add(new Violation(at, rule)));
    var version = fields.required("schemaVersion", JsonType.wholeNumber(1, Integer.MAX_VALUE));
    if (version != null && version != SCHEMA_VERSION) {
      // Of a version that is not known, not even the other fields' rules are.
      return new Result.Invalid(
          List.of(new Violation("/schemaVersion", "must be " + SCHEMA_VERSION)));
    }
    var claim = claim(fields);
    var timeframe = fields.optional("timeframe", TIMEFRAME);
    var flowKey = fields.optional("flowKey", JsonType.TEXT);
    return claim == null || !violations.isEmpty()
        ? new Result.Invalid(violations)
        : new Result.Parsed(
            new StepClaimed(claim, timeframe == null ? null : timeframe.value(), flowKey));
  }

  private static @Nullable Claim claim(JsonFields fields) {
    var runId = fields.required("runId", RUN_ID);
    var stepId = fields.required("stepId", STEP_ID);
    var stepType = fields.required("stepType", STEP_TYPE);
    var claimId = fields.required("claimId", CLAIM_ID);
    var attempt = fields.required("attempt", JsonType.wholeNumber(1, Integer.MAX_VALUE));
    var eventId = fields.required("eventId", JsonType.TEXT);
    var claimedAt =
        fields.required("claimedAt", JsonType.text(Rfc3339::parse, "must be an RFC 3339 time"));
    return runId == null
            || stepId == null
            || stepType == null
            || claimId == null
            || attempt == null
            || eventId == null
            || claimedAt == null
        ? null
        : new Claim(
            new StepKey(runId, stepId),
            stepType,
            claimId,
            Math.toIntExact(attempt),
            eventId,
            claimedAt);
  }

  private static JsonType<String> matching(String regex) {
    var pattern = Pattern.compile(regex);
    return JsonType.text(
        text -> Optional.of(text).filter(it -> pattern.matcher(it).matches()),
        "must match " + regex);
  }

  private static boolean isTraceContext(String text) {
    return TRACE_CONTEXT.matcher(text).matches();
  }

  private static Result.Invalid invalid(String rule) {
    return new Result.Invalid(List.of(new Violation("", rule)));
  }

  private static void putIfPresent(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}

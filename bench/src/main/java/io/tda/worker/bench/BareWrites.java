package io.tda.worker.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.protobuf.ByteString;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.message.StepClaimedJson;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What the bare program writes: values of the worker's form and size, made once. The number of
 * fields matters, since Firestore keeps an index of each.
 *
 * @param claimedLease a lease document that waits for an executor
 * @param message a message's data
 * @param attributes a message's attributes
 * @param execution what is told of a step that ended: the one of the example's earlier step
 * @param report the report object
 */
record BareWrites(
    Map<String, Object> claimedLease,
    ByteString message,
    Map<String, String> attributes,
    Object execution,
    ByteString report) {
  private static final String EARLIER_STEP = "llm_report_1M_overview";

  static BareWrites of(ExampleDocuments example) {
    var claim =
        new Claim(
            new StepKey(new RunId("bench-bare-run-1"), ExampleDocuments.STEP),
            FlowStep.LLM_REPORT,
            new ClaimId("019b4efa-d908-7c3e-9d52-8a1f0b7e4c11"),
            1,
            "event-bench-bare-run-1",
            Instant.now());
    var message = new StepClaimed(claim, "4h", "LINKUSDT");
    return new BareWrites(
        lease(claim),
        ByteString.copyFrom(StepClaimedJson.data(message)),
        StepClaimedJson.attributes(message, null),
        execution(example),
        ByteString.copyFrom(("{\"output\":" + example.answer().text() + "}").getBytes(UTF_8)));
  }

  /** The whole lease again, as an executor's. */
  static Map<String, Object> acquired(DocumentSnapshot lease) {
    var fields = new HashMap<>(Objects.requireNonNull(lease.getData()));
    fields.put("state", "EXECUTING");
    fields.put("executorId", "bare-program-1");
    return fields;
  }

  private static Map<String, Object> lease(Claim claim) {
    var now = Timestamp.now();
    var lease = new HashMap<String, Object>();
    lease.put("runId", claim.step().runId().value());
    lease.put("stepId", claim.step().stepId().value());
    lease.put("stepType", claim.stepType());
    lease.put("claimId", claim.id().value());
    lease.put("attempt", 1L);
    lease.put("eventId", claim.eventId());
    lease.put("claimedAt", now);
    lease.put("state", "DISPATCHED");
    lease.put("expiresAt", now);
    lease.put("termSeconds", 60L);
    lease.put("deliveries", 0L);
    lease.put("modelCalls", 0L);
    lease.put("purgeAt", now);
    return lease;
  }

  private static Object execution(ExampleDocuments example) {
    var steps = (Map<?, ?>) Objects.requireNonNull(example.run(new RunId("bare")).get("steps"));
    var step = (Map<?, ?>) Objects.requireNonNull(steps.get(EARLIER_STEP));
    var outputs = (Map<?, ?>) Objects.requireNonNull(step.get("outputs"));
    return Objects.requireNonNull(outputs.get("execution"));
  }
}

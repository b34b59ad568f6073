package io.tda.worker.log;

import io.tda.worker.artifact.GcsUri;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.FlowStep;
import io.tda.worker.flow.RunStatus;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepStatus;
import io.tda.worker.flow.TokenUsage;
import io.tda.worker.flow.Violation;
import io.tda.worker.id.ClaimId;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One example of each kind of event, with fixed values. */
public final class LogEventExamples {
  /** Where the examples happened. */
  public static final LogContext CONTEXT =
      LogContext.NONE
          .withEvent("6f1f2c1e-0001")
          .withMessage("11223344556677")
          .withRun(new RunId("20251224-061000_LINKUSDT_demo92"))
          .withStep(new StepId("llm_report_4h"))
          .withClaim(new ClaimId("0193f5a0-0000-7000-8000-000000000001"))
          .withLabels(
              new LogContext.Labels(
                  "demo_flow",
                  "4h",
                  "LINKUSDT",
                  "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));

  private static final String SHA256 = "ab".repeat(32);
  private static final Duration SECOND = Duration.ofMillis(1234);
  private static final GcsUri REPORT =
      new GcsUri("artifacts", "20251224-061000_LINKUSDT_demo92/4h/llm_report_4h.json");
  private static final GcsUri INPUT = new GcsUri("inputs", "ohlcv/4h.json");
  private static final StepError BUSY =
      StepError.of(ErrorCode.RATE_LIMITED, "the model is busy", Map.of("httpStatus", 429));
  private static final StepError INVALID =
      StepError.of(ErrorCode.INVALID_STRUCTURED_OUTPUT, "the answer is not a report");

  private LogEventExamples() {}

  /** All of them, in the order of the catalogue. */
  public static List<LogEvent> all() {
    return Stream.of(
            ingress(),
            claim(),
            delivery(),
            recovery(),
            context(),
            profile(),
            model(),
            output(),
            service())
        .flatMap(List::stream)
        .toList();
  }

  private static List<LogEvent> ingress() {
    var violation = new Violation("/steps", "must be a map");
    return List.of(
        new IngressEvent.CloudEventReceived(
            "google.cloud.firestore.document.v1.written",
            "documents/flow_runs/20251224-061000_LINKUSDT_demo92"),
        new IngressEvent.CloudEventIgnored(
            IngressEvent.CloudEventIgnored.Reason.FLOW_RUN_INVALID, List.of(violation)),
        new IngressEvent.CloudEventParsed(
            true,
            RunStatus.RUNNING,
            List.of(
                step("llm_report_4h", "LLM_REPORT", StepStatus.READY, List.of("ohlcv_4h")),
                step("ohlcv_4h", "OHLCV_EXPORT", StepStatus.SUCCEEDED, List.of()))),
        new IngressEvent.CloudEventNoop(IngressEvent.CloudEventNoop.Reason.PREFILTERED),
        new IngressEvent.CloudEventFinished(IngressEvent.CloudEventFinished.Status.OK, SECOND));
  }

  private static FlowStep step(String id, String type, StepStatus status, List<String> dependsOn) {
    Map<String, Object> fields =
        Map.of("dependsOn", dependsOn, "inputs", Map.of("note", "CANARY-PROMPT-PHRASE"));
    return new FlowStep(new StepId(id), type, status, fields);
  }

  private static List<LogEvent> claim() {
    var key = "20251224-061000_LINKUSDT_demo92/llm_report_4h";
    return List.of(
        new ClaimEvent.ReadyStepSelected(),
        new ClaimEvent.ClaimAttempt(true, ClaimEvent.ClaimAttempt.Reason.OK, 1),
        new ClaimEvent.StepClaimedPublished("99887766", key),
        new ClaimEvent.StepClaimedPublishFailed(
            StepError.of(ErrorCode.INTERNAL, "the message was not published")),
        new ClaimEvent.StepClaimedRepublished("99887767", key));
  }

  private static List<LogEvent> delivery() {
    return List.of(
        new DeliveryEvent.StepClaimedReceived(1),
        new DeliveryEvent.StepClaimStale(DeliveryEvent.StepClaimStale.Reason.OTHER_CLAIM),
        new DeliveryEvent.ExecutionInProgress(),
        new DeliveryEvent.LeaseAcquired(2, 1, true),
        new DeliveryEvent.LeaseLost(),
        new DeliveryEvent.LeaseReleased(1),
        new DeliveryEvent.StepCancelled());
  }

  private static List<LogEvent> recovery() {
    return List.of(
        new RecoveryEvent.ClaimDeadLettered(
            RecoveryEvent.ClaimDeadLettered.Outcome.UNREADABLE,
            new RecoveryEvent.ClaimDeadLettered.Payload(17, SHA256)),
        new RecoveryEvent.SweepStarted(),
        new RecoveryEvent.SweepFinished(4, 2, 1, 1, true),
        new RecoveryEvent.StepReclaimed(2),
        new RecoveryEvent.ReconcileStarted(),
        new RecoveryEvent.ReconcileFinished(120, 1, true),
        new RecoveryEvent.LeaseMissing(),
        new RecoveryEvent.RecoveryFailed(BUSY));
  }

  private static List<LogEvent> context() {
    var kind = ContextEvent.Kind.OHLCV;
    return List.of(
        new ContextEvent.PromptFetchStarted("report_prompt_v1"),
        new ContextEvent.PromptFetchFinished(true, false),
        new ContextEvent.ContextResolveStarted(),
        new ContextEvent.ContextResolveFinished(true, 5),
        new ContextEvent.GcsReadStarted(INPUT, kind),
        new ContextEvent.GcsReadFinished(INPUT, kind, true, 20_480, SECOND),
        new ContextEvent.ContextJsonInvalid(INPUT, kind, "line 3, column 7: duplicate key"),
        new ContextEvent.ContextJsonTooLarge(INPUT, kind, 70_000, 65_536),
        new ContextEvent.ChartsManifestParsed(2),
        new ContextEvent.ChartsManifestNoImages(new GcsUri("inputs", "charts/4h/manifest.json")),
        new ContextEvent.ChartImageTooLarge(
            new GcsUri("inputs", "charts/4h/volume.png"), 300_000, 262_144),
        new ContextEvent.UserInputBuilt(2, 1, 21_000));
  }

  private static List<LogEvent> profile() {
    var schemaId = "llm_report_output_v1";
    return List.of(
        new ProfileEvent.LlmProfileKeysIgnored(List.of("presencePenalty")),
        new ProfileEvent.SchemaKeywordsDropped(
            schemaId, List.of("/properties/summary/properties/markdown/minLength")),
        new ProfileEvent.SchemaSha256Mismatch(schemaId, SHA256, "cd".repeat(32)),
        new ProfileEvent.StructuredOutputSchemaInvalid(
            schemaId, "/jsonSchema/required: must name summary"));
  }

  private static List<LogEvent> model() {
    return List.of(
        new ModelEvent.LlmRequestStarted("gemini-2.5-pro", Duration.ofSeconds(450)),
        new ModelEvent.LlmRequestFinished(
            "gemini-2.5-pro",
            ModelEvent.LlmRequestFinished.Status.OK,
            "STOP",
            new TokenUsage(1000, 200, 50, 0, 1250),
            SECOND),
        new ModelEvent.ModelRetryScheduled(BUSY, SECOND),
        invalid(),
        new ModelEvent.StructuredOutputRepairAttemptStarted(),
        new ModelEvent.StructuredOutputRepairAttemptFinished(true),
        new ModelEvent.RawOutputQuarantined(
            new GcsUri("quarantine", "x/raw_llm_output.json"), 512, SHA256),
        new ModelEvent.RawOutputNotQuarantined(
            StepError.of(ErrorCode.GCS_WRITE_FAILED, "the object was not written")));
  }

  private static LogEvent invalid() {
    return new ModelEvent.StructuredOutputInvalid(
        new ModelEvent.StructuredOutputInvalid.Reason(
            ModelEvent.StructuredOutputInvalid.Kind.SCHEMA_VALIDATION,
            "the answer does not meet the schema"),
        new ModelEvent.StructuredOutputInvalid.Diagnostics(
            512, SHA256, "parts", List.of("/summary/markdown: required")),
        new ModelEvent.StructuredOutputInvalid.Policy(
            true, true, Duration.ofSeconds(400), Duration.ofSeconds(120)));
  }

  private static List<LogEvent> output() {
    return List.of(
        new OutputEvent.GcsWriteStarted(REPORT, 4096),
        new OutputEvent.GcsWriteFinished(true, 4096, false, 1766556600000000L),
        new OutputEvent.OrphanReportObject(REPORT, 1766556600000000L),
        new OutputEvent.StepCompleted(REPORT, SECOND, "gemini-2.5-pro"),
        new OutputEvent.StepFailed(INVALID, "gemini-2.5-pro"),
        new OutputEvent.StepRetryScheduled(BUSY, 3),
        new OutputEvent.FinalizeFailed(
            StepError.of(ErrorCode.FIRESTORE_FINALIZE_FAILED, "the run kept changing")),
        new OutputEvent.PushFinished(204));
  }

  private static List<LogEvent> service() {
    var thrown =
        new Thrown(
            "java.lang.IllegalStateException",
            List.of("io.tda.worker.Example.run(Example.java:7)"));
    return List.of(
        new ServiceEvent.ServiceStarted(SECOND, 8080),
        new ServiceEvent.ServiceStopping(),
        new ServiceEvent.ServiceStopped(SECOND),
        new ServiceEvent.ConfigLoaded(
            List.of("ENV", "GEMINI_API_KEY"),
            new ServiceEvent.ConfigLoaded.Llm("real", "ai_studio_api_key", "key-2025-12")),
        new ServiceEvent.ConfigWarning(
            "GEMINI_API_KEYS_JSON", "is ignored, as GEMINI_API_KEY is set"),
        new ServiceEvent.ConfigInvalid(List.of("GOOGLE_CLOUD_PROJECT: is required")),
        new ServiceEvent.InternalError(List.of(thrown)),
        new ServiceEvent.LogFieldRejected("llm_request_finished", "usage.apiKey", "forbidden_name"),
        new ServiceEvent.ThirdPartyLog(
            Severity.WARNING,
            "com.example.Channel",
            "com.example.Channel.close(Channel.java:9)",
            "channel {} was not closed",
            List.of(thrown)));
  }
}

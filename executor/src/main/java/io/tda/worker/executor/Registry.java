package io.tda.worker.executor;

import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.llm.LLMErrors;
import io.tda.worker.llm.LLMPrompt;
import io.tda.worker.llm.LLMSchema;
import io.tda.worker.llm.PromptRepository;
import io.tda.worker.llm.PromptRepository.PromptRead;
import io.tda.worker.llm.SchemaId;
import io.tda.worker.llm.SchemaRepository;
import io.tda.worker.llm.SchemaRepository.SchemaRead;
import io.tda.worker.llm.StructuredOutputSpec;
import io.tda.worker.log.ContextEvent.PromptFetchFinished;
import io.tda.worker.log.ContextEvent.PromptFetchStarted;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.ProfileEvent.SchemaKeywordsDropped;
import io.tda.worker.log.ProfileEvent.SchemaSha256Mismatch;
import io.tda.worker.log.ProfileEvent.StructuredOutputSchemaInvalid;

/** Looks up prompts and schemas, and says in the log what is odd about them. */
final class Registry {
  private final PromptRepository prompts;
  private final SchemaRepository schemas;
  private final EventLogger log;

  Registry(PromptRepository prompts, SchemaRepository schemas, EventLogger log) {
    this.prompts = prompts;
    this.schemas = schemas;
    this.log = log;
  }

  /** The prompt of this id. Faults are thrown as {@code StepException}. */
  Loaded<LLMPrompt> prompt(ReportTask task, String promptId) {
    if (!task.mayRead()) {
      return noTime();
    }
    log.log(new PromptFetchStarted(promptId), task.context());
    var read = prompts.find(promptId);
    return switch (read) {
      case PromptRead.Found(var prompt, var cached) -> {
        log.log(new PromptFetchFinished(true, cached), task.context());
        yield new Loaded.Value<>(prompt);
      }
      case PromptRead.Missing() -> {
        log.log(new PromptFetchFinished(false, false), task.context());
        yield new Loaded.Refused<>(LLMErrors.promptNotFound(promptId));
      }
      case PromptRead.Malformed(var violation) -> {
        log.log(new PromptFetchFinished(false, false), task.context());
        yield new Loaded.Refused<>(LLMErrors.promptInvalid(promptId, violation));
      }
    };
  }

  /** The schema that the profile asks for. Faults are thrown as {@code StepException}. */
  Loaded<LLMSchema> schema(ReportTask task, StructuredOutputSpec spec) {
    if (!task.mayRead()) {
      return noTime();
    }
    var schemaId = new SchemaId(spec.schemaId());
    return switch (schemas.find(schemaId)) {
      case SchemaRead.Found(var schema, var cached) -> {
        note(task, schema, spec, cached);
        yield new Loaded.Value<>(schema);
      }
      case SchemaRead.Missing() -> {
        log.log(
            new StructuredOutputSchemaInvalid(schemaId.value(), "does not exist"), task.context());
        yield new Loaded.Refused<>(LLMErrors.schemaNotFound(schemaId));
      }
      case SchemaRead.Malformed(var violations) -> {
        log.log(
            new StructuredOutputSchemaInvalid(schemaId.value(), violations.getFirst().toString()),
            task.context());
        yield new Loaded.Refused<>(LLMErrors.schemaInvalid(schemaId, violations));
      }
    };
  }

  /** What is said once a schema, and what is said once a step. */
  private void note(ReportTask task, LLMSchema schema, StructuredOutputSpec spec, boolean cached) {
    var id = schema.id().value();
    if (!cached && !schema.isSha256AsDeclared()) {
      log.log(new SchemaSha256Mismatch(id, "its document", schema.sha256()), task.context());
    }
    if (!cached && !schema.projection().dropped().isEmpty()) {
      log.log(new SchemaKeywordsDropped(id, schema.projection().droppedPointers()), task.context());
    }
    if (spec.schemaSha256() != null && !spec.schemaSha256().equals(schema.sha256())) {
      log.log(new SchemaSha256Mismatch(id, "the profile", schema.sha256()), task.context());
    }
  }

  private static <T> Loaded<T> noTime() {
    return new Loaded.Refused<>(
        StepError.of(ErrorCode.TIME_BUDGET_EXCEEDED, "no time left to read the inputs"));
  }
}

package io.tda.worker.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/**
 * One judgement of a value by a schema, of bounded cost. A schema can ask for exponential work; the
 * step then fails instead of keeping its executor busy.
 */
final class SchemaEvaluation extends ExecutionContext {
  /** About 3 s. A report of 50 kB takes some ten thousand steps. */
  private static final int MAX_STEPS = 2_000_000;

  private static final int MAX_ERRORS = 50_000;

  private int steps;
  private int errorCount;

  private SchemaEvaluation() {
    super(ExecutionConfig.builder().formatAssertionsEnabled(true).build());
  }

  /** What came of a judgement. */
  sealed interface Outcome {

    /** The schema was applied to the end; no errors where the value meets it. */
    record Judged(List<Error> errors) implements Outcome {}

    /** It was given up. */
    record TooCostly() implements Outcome {}
  }

  static Outcome of(Schema schema, JsonNode value) {
    var evaluation = new SchemaEvaluation();
    try {
      schema.validate(evaluation, value, OutputFormat.DEFAULT);
      return new Outcome.Judged(new ArrayList<>(evaluation.getErrors()));
    } catch (Limit | StackOverflowError _) {
      // Java's regular expressions recurse over the text: a long one can end the stack.
      return new Outcome.TooCostly();
    }
  }

  @Override
  public void evaluationPathAddLast(String token) {
    count();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathAddLast(int token) {
    count();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void addError(Error error) {
    if (++errorCount > MAX_ERRORS) {
      throw new Limit();
    }
    super.addError(error);
  }

  private void count() {
    if (++steps > MAX_STEPS) {
      throw new Limit();
    }
  }

  /** Ends an evaluation. Not an Exception, because the validator logs and swallows those. */
  static final class Limit extends java.lang.Error {
    @Serial private static final long serialVersionUID = 1L;

    Limit() {
      super("evaluation limit", null, false, false);
    }
  }
}

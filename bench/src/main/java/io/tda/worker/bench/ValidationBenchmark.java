package io.tda.worker.bench;

import io.tda.worker.llm.LLMResponse;
import io.tda.worker.llm.LLMSchema;
import io.tda.worker.llm.LLMSchemaParser;
import io.tda.worker.llm.SchemaId;
import io.tda.worker.llm.StructuredOutputResult;
import io.tda.worker.llm.StructuredOutputValidator;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The example's answer of 4 kB against its schema. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Benchmark)
public class ValidationBenchmark {
  private static final SchemaId SCHEMA_ID = new SchemaId("llm_schema_4h_report_v1_0");

  private final StructuredOutputValidator validator = new StructuredOutputValidator(1 << 21);
  private final LLMResponse answer;
  private final LLMSchema schema;

  /** Reads the example. */
  public ValidationBenchmark() {
    try {
      var example = ExampleDocuments.load();
      answer = example.answer();
      var data = Objects.requireNonNull(example.schemas().get(SCHEMA_ID.value()));
      schema =
          switch (LLMSchemaParser.parse(SCHEMA_ID, data)) {
            case LLMSchemaParser.Result.Parsed(var parsed) -> parsed;
            case LLMSchemaParser.Result.Malformed(var violations) ->
                throw new IllegalStateException(violations.toString());
          };
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From the text to a verdict. */
  @Benchmark
  public StructuredOutputResult validate() {
    return validator.validate(answer, schema);
  }
}

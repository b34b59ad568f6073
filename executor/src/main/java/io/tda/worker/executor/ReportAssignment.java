package io.tda.worker.executor;

import io.tda.worker.flow.LLMReportStep;
import io.tda.worker.llm.LLMProfile;
import io.tda.worker.llm.LLMPrompt;
import io.tda.worker.llm.LLMRequest;
import io.tda.worker.llm.LLMSchema;
import io.tda.worker.llm.UserInput;
import io.tda.worker.llm.UserInputAssembler;

/** Everything that is known when the model is asked. */
record ReportAssignment(
    LLMReportStep step,
    LLMPrompt prompt,
    LLMProfile profile,
    LLMSchema schema,
    StepContext context) {

  /** The request, and with it the whole text for the model. */
  LLMRequest request() {
    var text =
        UserInputAssembler.assemble(
            new UserInput(
                prompt.userPrompt(),
                step.symbol(),
                step.timeframe(),
                context.ohlcv(),
                context.charts().stream().map(StepContext.ChartImage::description).toList(),
                context.previousReports()));
    return new LLMRequest(
        prompt,
        text,
        context.charts().stream().map(StepContext.ChartImage::image).toList(),
        profile,
        schema.projection().schema(),
        new LLMRequest.FixtureKey(
            prompt.promptId(), schema.id().value(), step.symbol(), step.timeframe().value()),
        null);
  }
}

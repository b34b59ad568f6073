package io.tda.worker.adapter.firestore;

import io.tda.worker.flow.FlowRunParser;
import io.tda.worker.flow.RunRead;
import io.tda.worker.id.RunId;
import io.tda.worker.store.Document;
import io.tda.worker.store.Versioned;
import org.jspecify.annotations.Nullable;

/** Reads run documents. */
final class RunDocument {
  private RunDocument() {}

  static RunRead read(RunId id, @Nullable Document document) {
    if (document == null) {
      return new RunRead.Missing();
    }
    return switch (FlowRunParser.parse(id, document.data())) {
      case FlowRunParser.Result.Parsed(var run) ->
          new RunRead.Found(new Versioned<>(run, document.updateTime()));
      case FlowRunParser.Result.Invalid(var violations) -> new RunRead.Invalid(violations);
    };
  }
}

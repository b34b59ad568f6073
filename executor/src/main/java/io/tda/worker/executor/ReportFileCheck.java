package io.tda.worker.executor;

import com.fasterxml.jackson.databind.JsonNode;
import io.tda.worker.flow.Violation;
import java.util.List;

/** Holds report files to their contract. */
@FunctionalInterface
interface ReportFileCheck {
  /** What is wrong with the file; empty where nothing is. */
  List<Violation> violations(JsonNode file);
}

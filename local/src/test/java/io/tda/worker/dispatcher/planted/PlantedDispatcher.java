package io.tda.worker.dispatcher.planted;

import com.google.genai.Client;
import io.tda.worker.adapter.memory.InMemoryDocumentStore;
import io.tda.worker.executor.StepExecutor;
import org.jspecify.annotations.Nullable;

/** All that the dispatcher must not know. */
final class PlantedDispatcher {
  @Nullable Client model;
  @Nullable StepExecutor executor;
  @Nullable InMemoryDocumentStore store;
}

package io.tda.worker.executor.planted;

import io.tda.worker.dispatcher.FlowRunEventHandler;
import org.jspecify.annotations.Nullable;

/** All that the executor must not know. */
final class PlantedExecutor {
  @Nullable FlowRunEventHandler dispatcher;
}

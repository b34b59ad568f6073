/** Spans around the executor's own ports. */
@NullMarked
package io.tda.worker.executor.adapter.telemetry;

import org.jspecify.annotations.NullMarked;

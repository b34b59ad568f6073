/** Spans around the dispatcher's own ports. */
@NullMarked
package io.tda.worker.dispatcher.adapter.telemetry;

import org.jspecify.annotations.NullMarked;

/** Tests of traces and metrics, with exporters that keep what they get in memory. */
@NullMarked
package io.tda.worker.adapter.telemetry;

import org.jspecify.annotations.NullMarked;

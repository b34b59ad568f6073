/** Traces and metrics with OpenTelemetry: around the ports, never within the domain. */
@NullMarked
package io.tda.worker.adapter.telemetry;

import org.jspecify.annotations.NullMarked;

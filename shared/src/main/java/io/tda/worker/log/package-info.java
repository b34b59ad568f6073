/** Structured log events: the sealed catalogue, the port, the safety gates, and the JSON writer. */
@NullMarked
package io.tda.worker.log;

import org.jspecify.annotations.NullMarked;

/** Holds everything that reads log lines (queries, metrics, alerts, dashboard) to the real ones. */
@NullMarked
package io.tda.worker.infra.logs;

import org.jspecify.annotations.NullMarked;

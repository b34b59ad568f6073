/** The HTTP edge of a service: server, limits, callers, health, shutdown. */
@NullMarked
package io.tda.worker.adapter.http;

import org.jspecify.annotations.NullMarked;

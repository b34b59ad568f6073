/** The one-process runtime: both services over an in-memory store and queue, without a network. */
@NullMarked
package io.tda.worker.local.runtime;

import org.jspecify.annotations.NullMarked;

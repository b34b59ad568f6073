/** A document store in memory, for the one-process runtime, the simulator and tests. */
@NullMarked
package io.tda.worker.adapter.memory;

import org.jspecify.annotations.NullMarked;

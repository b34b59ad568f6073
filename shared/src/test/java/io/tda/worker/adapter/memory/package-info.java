/** Tests of the store in memory. */
@NullMarked
package io.tda.worker.adapter.memory;

import org.jspecify.annotations.NullMarked;

/** Processes that are killed, frozen and cut off, and steps that end once all the same. */
@NullMarked
package io.tda.worker.chaos;

import org.jspecify.annotations.NullMarked;

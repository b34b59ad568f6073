/** Whole runs through both services. */
@NullMarked
package io.tda.worker.e2e;

import org.jspecify.annotations.NullMarked;

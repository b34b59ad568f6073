/** Microbenchmarks of what decides; see the module's README for figures. */
@NullMarked
package io.tda.worker.bench;

import org.jspecify.annotations.NullMarked;

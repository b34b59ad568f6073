/** Plots of the figures, as SVG. */
@NullMarked
package io.tda.worker.bench.plot;

import org.jspecify.annotations.NullMarked;

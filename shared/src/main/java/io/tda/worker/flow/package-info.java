/** Flow runs and their steps: parsing, selection, outcomes, and the port to the run document. */
@NullMarked
package io.tda.worker.flow;

import org.jspecify.annotations.NullMarked;

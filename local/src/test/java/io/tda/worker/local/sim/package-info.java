/** Tests of the simulator, and of whether it would find what it looks for. */
@NullMarked
package io.tda.worker.local.sim;

import org.jspecify.annotations.NullMarked;

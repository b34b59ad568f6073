/**
 * The deterministic simulator: the real dispatcher and executor on one thread, in virtual time,
 * with everything that can go wrong going wrong, all of it from one seed.
 */
@NullMarked
package io.tda.worker.local.sim;

import org.jspecify.annotations.NullMarked;

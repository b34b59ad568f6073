/** Step leases: who may work on a step, until when, and how often it was tried. */
@NullMarked
package io.tda.worker.lease;

import org.jspecify.annotations.NullMarked;

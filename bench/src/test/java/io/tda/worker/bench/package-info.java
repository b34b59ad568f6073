/** Tests of the measurements. */
@NullMarked
package io.tda.worker.bench;

import org.jspecify.annotations.NullMarked;

/** Tests of what the images hold. */
@NullMarked
package io.tda.worker.bench.image;

import org.jspecify.annotations.NullMarked;

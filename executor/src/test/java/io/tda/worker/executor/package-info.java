/** Tests of the executor over real repositories, with a model that follows a script. */
@NullMarked
package io.tda.worker.executor;

import org.jspecify.annotations.NullMarked;

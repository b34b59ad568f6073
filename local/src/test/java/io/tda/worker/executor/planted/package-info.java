/** Breaks the architecture's rules, so that they can be seen to fail. */
@NullMarked
package io.tda.worker.executor.planted;

import org.jspecify.annotations.NullMarked;

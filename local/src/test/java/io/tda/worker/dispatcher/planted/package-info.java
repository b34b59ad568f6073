/** Breaks the architecture's rules, so that they can be seen to fail. */
@NullMarked
package io.tda.worker.dispatcher.planted;

import org.jspecify.annotations.NullMarked;

/** StepClaimed, the message from the dispatcher to the executor. */
@NullMarked
package io.tda.worker.message;

import org.jspecify.annotations.NullMarked;

/** Time budgets, deadlines, backoff and cancellation. */
@NullMarked
package io.tda.worker.time;

import org.jspecify.annotations.NullMarked;

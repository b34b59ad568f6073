/** The executor: one StepClaimed message becomes one report, or one recorded failure. */
@NullMarked
package io.tda.worker.executor;

import org.jspecify.annotations.NullMarked;

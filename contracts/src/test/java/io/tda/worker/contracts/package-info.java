/** Tests of the contracts, and the program that makes the example run's candles and charts. */
@NullMarked
package io.tda.worker.contracts;

import org.jspecify.annotations.NullMarked;

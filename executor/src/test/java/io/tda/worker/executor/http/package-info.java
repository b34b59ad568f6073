/** Tests of the executor's HTTP edge. */
@NullMarked
package io.tda.worker.executor.http;

import org.jspecify.annotations.NullMarked;

/** Tests of the one-process runtime. */
@NullMarked
package io.tda.worker.local.runtime;

import org.jspecify.annotations.NullMarked;

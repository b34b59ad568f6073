/** The two services as processes, over emulators and a stub model. */
@NullMarked
package io.tda.worker.bench.stack;

import org.jspecify.annotations.NullMarked;

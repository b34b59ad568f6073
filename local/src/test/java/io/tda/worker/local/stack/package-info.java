/** Tests of the package of the same name. */
@NullMarked
package io.tda.worker.local.stack;

import org.jspecify.annotations.NullMarked;

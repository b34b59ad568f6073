/** Tests of the package of the same name. */
@NullMarked
package io.tda.worker.local.console;

import org.jspecify.annotations.NullMarked;

/** Tests of the package of the same name. */
@NullMarked
package io.tda.worker.local.smoke;

import org.jspecify.annotations.NullMarked;

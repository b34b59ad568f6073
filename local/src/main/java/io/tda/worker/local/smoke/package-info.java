/** What a deployed worker has to do to be called alive, and how that is looked at from outside. */
@NullMarked
package io.tda.worker.local.smoke;

import org.jspecify.annotations.NullMarked;

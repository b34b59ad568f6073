/** What every lease repository must do. */
@NullMarked
package io.tda.worker.lease;

import org.jspecify.annotations.NullMarked;

/** What every document store must do. */
@NullMarked
package io.tda.worker.store;

import org.jspecify.annotations.NullMarked;

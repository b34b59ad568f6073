/** What every run repository must do. */
@NullMarked
package io.tda.worker.flow;

import org.jspecify.annotations.NullMarked;

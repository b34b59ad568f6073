/** The command line: one class for each command, and what they share. */
@NullMarked
package io.tda.worker.local;

import org.jspecify.annotations.NullMarked;

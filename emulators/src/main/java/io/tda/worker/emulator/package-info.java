/** Finds, starts and ends Google's emulators on a developer's machine. */
@NullMarked
package io.tda.worker.emulator;

import org.jspecify.annotations.NullMarked;

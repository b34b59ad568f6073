/** The kit of the end-to-end tests: the two services as processes, wired to Google's emulators. */
@NullMarked
package io.tda.worker.e2e;

import org.jspecify.annotations.NullMarked;

/** Stands in for Eventarc: brings changes in the Firestore emulator to a dispatcher. */
@NullMarked
package io.tda.worker.local.bridge;

import org.jspecify.annotations.NullMarked;

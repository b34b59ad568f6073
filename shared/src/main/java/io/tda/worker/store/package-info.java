/** The document store seam: what the worker uses of Firestore, and nothing more. */
@NullMarked
package io.tda.worker.store;

import org.jspecify.annotations.NullMarked;

/** The repositories over the document store, and the document store over Firestore. */
@NullMarked
package io.tda.worker.adapter.firestore;

import org.jspecify.annotations.NullMarked;

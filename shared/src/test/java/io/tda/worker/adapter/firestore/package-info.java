/** Tests of the repositories and of Firestore itself. */
@NullMarked
package io.tda.worker.adapter.firestore;

import org.jspecify.annotations.NullMarked;

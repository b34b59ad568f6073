/** Tests of the repositories and of Firestore itself. */
@NullMarked
package io.tda.worker.adapter.http;

import org.jspecify.annotations.NullMarked;

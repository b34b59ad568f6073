/** Prompts and schemas from the document store, cached. */
@NullMarked
package io.tda.worker.executor.adapter.firestore;

import org.jspecify.annotations.NullMarked;

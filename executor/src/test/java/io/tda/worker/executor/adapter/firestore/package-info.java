/** Tests of the registries of prompts and schemas. */
@NullMarked
package io.tda.worker.executor.adapter.firestore;

import org.jspecify.annotations.NullMarked;

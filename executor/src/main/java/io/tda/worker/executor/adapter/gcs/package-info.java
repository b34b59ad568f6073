/** Artifacts in Google Cloud Storage. */
@NullMarked
package io.tda.worker.executor.adapter.gcs;

import org.jspecify.annotations.NullMarked;

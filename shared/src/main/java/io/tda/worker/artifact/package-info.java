/** Artifacts in object storage: URIs, paths, the create-only port, and the report file. */
@NullMarked
package io.tda.worker.artifact;

import org.jspecify.annotations.NullMarked;

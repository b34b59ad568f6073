/** Object storage in a directory, for runs on one machine. */
@NullMarked
package io.tda.worker.adapter.directory;

import org.jspecify.annotations.NullMarked;

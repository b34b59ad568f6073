/**
 * A storage server in memory that speaks as much of Cloud Storage's JSON API as its client does.
 */
@NullMarked
package io.tda.worker.emulator.storage;

import org.jspecify.annotations.NullMarked;

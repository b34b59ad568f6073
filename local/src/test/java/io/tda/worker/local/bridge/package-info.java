/** Tests of the stand-in for Eventarc. */
@NullMarked
package io.tda.worker.local.bridge;

import org.jspecify.annotations.NullMarked;

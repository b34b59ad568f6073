/** Strict reading and canonical writing of JSON. */
@NullMarked
package io.tda.worker.json;

import org.jspecify.annotations.NullMarked;

/** The dispatcher's HTTP edge. */
@NullMarked
package io.tda.worker.dispatcher.http;

import org.jspecify.annotations.NullMarked;

/** The dispatcher: one Firestore event becomes at most a few claims and their messages. */
@NullMarked
package io.tda.worker.dispatcher;

import org.jspecify.annotations.NullMarked;

/** Claims as messages on Google Cloud Pub/Sub. */
@NullMarked
package io.tda.worker.dispatcher.adapter.pubsub;

import org.jspecify.annotations.NullMarked;

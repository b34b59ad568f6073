/** Topics and subscriptions in the Pub/Sub emulator. */
@NullMarked
package io.tda.worker.emulator.pubsub;

import org.jspecify.annotations.NullMarked;

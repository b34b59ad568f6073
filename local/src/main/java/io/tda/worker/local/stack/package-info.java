/** Both services on emulators, as processes of this machine, and what feeds and shows them. */
@NullMarked
package io.tda.worker.local.stack;

import org.jspecify.annotations.NullMarked;

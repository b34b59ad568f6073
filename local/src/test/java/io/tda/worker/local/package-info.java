/** Tests of the command line and of whole executions in one process. */
@NullMarked
package io.tda.worker.local;

import org.jspecify.annotations.NullMarked;

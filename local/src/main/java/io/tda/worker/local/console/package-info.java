/** What a person sees: log events as readable lines, and the summary of a run. */
@NullMarked
package io.tda.worker.local.console;

import org.jspecify.annotations.NullMarked;

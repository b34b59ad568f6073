/** Stands in for the Gemini API: answers that meet the requested schema, and faults on demand. */
@NullMarked
package io.tda.worker.emulator.gemini;

import org.jspecify.annotations.NullMarked;

/** Tests of the model client, over real HTTP against a local stand-in of the model API. */
@NullMarked
package io.tda.worker.executor.adapter.gemini;

import org.jspecify.annotations.NullMarked;

/** The model client on Google's GenAI SDK, and its stored answers for work without a network. */
@NullMarked
package io.tda.worker.executor.adapter.gemini;

import org.jspecify.annotations.NullMarked;

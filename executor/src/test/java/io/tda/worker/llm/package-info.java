/** Contract suites and fixed inputs of the model ports. */
@NullMarked
package io.tda.worker.llm;

import org.jspecify.annotations.NullMarked;

/** Tests of the decisions around prompts, profiles, schemas and answers. */
@NullMarked
package io.tda.worker.llm;

import org.jspecify.annotations.NullMarked;

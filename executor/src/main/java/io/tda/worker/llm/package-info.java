/**
 * What is asked of a model and what counts as an answer: prompts, schemas, profiles, validation.
 */
@NullMarked
package io.tda.worker.llm;

import org.jspecify.annotations.NullMarked;

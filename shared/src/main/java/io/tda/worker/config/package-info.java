/** The settings of both services: read from the environment, checked as a whole, typed. */
@NullMarked
package io.tda.worker.config;

import org.jspecify.annotations.NullMarked;

/**
 * Lets Terraform itself evaluate the configuration, without Google's provider and without a
 * network.
 */
@NullMarked
package io.tda.worker.infra.plan;

import org.jspecify.annotations.NullMarked;

/**
 * What has to hold of the infrastructure, whether it is read from its text or evaluated by
 * Terraform.
 */
@NullMarked
package io.tda.worker.infra.check;

import org.jspecify.annotations.NullMarked;

/** Reads Terraform's configuration language as far as blocks, arguments and constants go. */
@NullMarked
package io.tda.worker.infra.hcl;

import org.jspecify.annotations.NullMarked;

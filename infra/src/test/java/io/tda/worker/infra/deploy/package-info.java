/** Runs the deploy script against stand-ins of gcloud, terraform, docker and git. */
@NullMarked
package io.tda.worker.infra.deploy;

import org.jspecify.annotations.NullMarked;

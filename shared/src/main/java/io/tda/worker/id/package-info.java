/** The identifiers that cross every boundary, each valid by construction. */
@NullMarked
package io.tda.worker.id;

import org.jspecify.annotations.NullMarked;

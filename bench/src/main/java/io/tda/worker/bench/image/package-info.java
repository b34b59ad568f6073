/**
 * What an image holds, made and tried without a container engine: the AOT cache, trained by real
 * events against doubles of the cloud in this process.
 */
@NullMarked
package io.tda.worker.bench.image;

import org.jspecify.annotations.NullMarked;

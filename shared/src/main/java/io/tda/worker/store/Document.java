package io.tda.worker.store;

import java.time.Instant;
import java.util.Map;

/**
 * A document as it was read.
 *
 * @param data its fields; values are Boolean, Long, Double, String, {@link Instant}, {@code List}
 *     and {@code Map} of these; a null counts as an absent field, but keeps its place in a list;
 *     not to be changed
 * @param updateTime when it was last changed, exact to the store's own precision: it serves as the
 *     precondition of the next write
 */
public record Document(DocumentRef ref, Map<String, Object> data, Instant updateTime) {}

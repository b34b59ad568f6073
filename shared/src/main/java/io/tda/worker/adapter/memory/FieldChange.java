package io.tda.worker.adapter.memory;

import io.tda.worker.store.Patch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of a patch, with the path that is still to go.
 *
 * @param value null removes the field
 */
record FieldChange(List<String> path, @Nullable Object value) {

  /**
   * The fields with the patch applied: maps on the way are made where something is set in them.
   * Only what is on the way is copied; a patch that changes nothing gives the very same map.
   */
  static FieldMap apply(Patch patch, FieldMap fields) {
    var changes = new ArrayList<FieldChange>();
    patch
        .set()
        .forEach((path, value) ->
            changes.add(new FieldChange(path.segments(), FieldValues.copyOf(value))));
    patch.deleted().forEach(path -> changes.add(new FieldChange(path.segments(), null)));
    return apply(changes, fields);
  }

  private static FieldMap apply(List<FieldChange> changes, FieldMap fields) {
    var byName = new LinkedHashMap<String, List<FieldChange>>();
    for (var change : changes) {
      byName.computeIfAbsent(change.path.getFirst(), _ -> new ArrayList<>()).add(change);
    }
    var changed = fields;
    for (Map.Entry<String, List<FieldChange>> field : byName.entrySet()) {
      changed = apply(field.getKey(), field.getValue(), changed);
    }
    return changed;
  }

  @SuppressWarnings("ReferenceEquality") // the very same map says "no change" without a search
  private static FieldMap apply(String name, List<FieldChange> changes, FieldMap fields) {
    // The paths of a patch do not overlap, so a change that ends here is the only one.
    if (changes.getFirst().path.size() == 1) {
      return changes.getFirst().applyHere(name, fields);
    }
    var inner = changes.stream().map(FieldChange::inner).toList();
    if (fields.get(name) instanceof FieldMap map) {
      var changed = apply(inner, map);
      return changed == map ? fields : fields.with(name, changed);
    }
    boolean sets = inner.stream().anyMatch(change -> change.value != null);
    return sets ? fields.with(name, apply(inner, FieldMap.EMPTY)) : fields;
  }

  private FieldMap applyHere(String name, FieldMap fields) {
    if (value == null) {
      return fields.without(name);
    }
    return value.equals(fields.get(name)) ? fields : fields.with(name, value);
  }

  private FieldChange inner() {
    return new FieldChange(path.subList(1, path.size()), value);
  }
}

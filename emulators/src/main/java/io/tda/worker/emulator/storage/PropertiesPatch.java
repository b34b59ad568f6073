package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A merge patch (RFC 7396) of an object's properties: null removes. */
final class PropertiesPatch {
  private PropertiesPatch() {}

  /** The properties after the changes; neither argument is changed. */
  static ObjectNode apply(ObjectNode properties, ObjectNode changes) {
    var result = properties.deepCopy();
    for (var change : changes.properties()) {
      if (change.getValue().isNull()) {
        result.remove(change.getKey());
      } else if (change.getValue() instanceof ObjectNode nested) {
        result.set(change.getKey(), apply(result.withObjectProperty(change.getKey()), nested));
      } else {
        result.set(change.getKey(), change.getValue());
      }
    }
    return result;
  }
}

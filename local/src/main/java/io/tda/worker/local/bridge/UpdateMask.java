package io.tda.worker.local.bridge;

import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentMask;
import com.google.events.cloud.firestore.v1.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which fields a change has changed; the emulator leaves this open. */
final class UpdateMask {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");

  private UpdateMask() {}

  /** The deepest paths that differ, in order, with segments quoted where Firestore wants it. */
  static DocumentMask between(Document before, Document after) {
    var paths = new ArrayList<String>();
    compare("", before.getFieldsMap(), after.getFieldsMap(), paths);
    return DocumentMask.newBuilder().addAllFieldPaths(paths).build();
  }

  private static void compare(
      String prefix, Map<String, Value> before, Map<String, Value> after, List<String> paths) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (var name : names) {
      var path = prefix + quoted(name);
      var old = before.get(name);
      var now = after.get(name);
      if (old != null && now != null && old.hasMapValue() && now.hasMapValue()) {
        var oldFields = old.getMapValue().getFieldsMap();
        compare(path + ".", oldFields, now.getMapValue().getFieldsMap(), paths);
      } else if (old == null || !old.equals(now)) {
        paths.add(path);
      }
    }
  }

  private static String quoted(String name) {
    return SIMPLE.matcher(name).matches()
        ? name
        : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }
}

package io.tda.worker.adapter.http;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A POST whose body was read.
 *
 * @param headers by name, in any case
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record HttpCall(Map<String, String> headers, byte[] body) {
  public HttpCall {
    var ignoringCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    ignoringCase.putAll(headers);
    headers = Collections.unmodifiableMap(ignoringCase);
  }

  /** The header's value; null where it was not sent. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Leaves out what was sent: a header may be a credential, and the body holds a document. */
  @Override
  public String toString() {
    return "HttpCall[" + body.length + " bytes]";
  }
}

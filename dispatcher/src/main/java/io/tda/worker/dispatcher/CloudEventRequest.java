package io.tda.worker.dispatcher;

import java.util.Map;

/**
 * An HTTP request that claims to be a CloudEvent.
 *
 * @param headers by name, in any case
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record CloudEventRequest(Map<String, String> headers, byte[] body) {
  public CloudEventRequest {
    headers = Map.copyOf(headers);
  }

  /** Leaves out what was sent: a header may be a credential, and the body holds a document. */
  @Override
  public String toString() {
    return "CloudEventRequest[" + body.length + " bytes]";
  }
}

package io.tda.worker.llm;

/**
 * An image that goes along with the request.
 *
 * @param mimeType by its magic number: {@code image/png}, {@code image/jpeg} or {@code image/webp}
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record InlineImage(String mimeType, byte[] content) {
  @Override
  public String toString() {
    return "InlineImage[" + mimeType + ", " + content.length + " bytes]";
  }
}

package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/** A kind of image that the provider takes, told by its first bytes and not by its name. */
public enum ImageType {
  PNG("image/png"),
  JPEG("image/jpeg"),
  WEBP("image/webp");

  private static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";
  private static final String JPEG_SIGNATURE = "\u00ff\u00d8\u00ff";

  private final String mimeType;

  ImageType(String mimeType) {
    this.mimeType = mimeType;
  }

  public String mimeType() {
    return mimeType;
  }

  /** The kind, or empty where the content is no such image. */
  public static Optional<ImageType> of(byte[] content) {
    var start = new String(content, 0, Math.min(content.length, 12), ISO_8859_1);
    if (start.startsWith(PNG_SIGNATURE)) {
      return Optional.of(PNG);
    }
    if (start.startsWith(JPEG_SIGNATURE)) {
      return Optional.of(JPEG);
    }
    // Between the two stands the length.
    return start.startsWith("RIFF") && start.startsWith("WEBP", 8)
        ? Optional.of(WEBP)
        : Optional.empty();
  }
}

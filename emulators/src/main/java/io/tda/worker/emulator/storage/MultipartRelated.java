package io.tda.worker.emulator.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.regex.Pattern;

/** An upload in one request: the object's properties and its content. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MultipartRelated(byte[] properties, String contentType, byte[] content) {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("^content-type:\\s*(\\S+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final String END_OF_HEADERS = "\r\n\r\n";

  /** The two parts, or empty where the body is not of this form. */
  static Optional<MultipartRelated> parse(String contentTypeHeader, byte[] body) {
    var boundary = BOUNDARY.matcher(contentTypeHeader);
    if (!boundary.find()) {
      return Optional.empty();
    }
    // Latin-1 maps each byte to one character and back.
    var parts =
        ("\r\n" + new String(body, ISO_8859_1))
            .split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
    if (parts.length != 4 || !parts[3].startsWith("--")) {
      return Optional.empty();
    }
    var type = CONTENT_TYPE.matcher(headers(parts[2]));
    return Optional.of(
        new MultipartRelated(
            content(parts[1]), type.find() ? type.group(1) : "", content(parts[2])));
  }

  private static String headers(String part) {
    int end = part.indexOf(END_OF_HEADERS);
    return end < 0 ? "" : part.substring(0, end);
  }

  private static byte[] content(String part) {
    int end = part.indexOf(END_OF_HEADERS);
    return part.substring(end < 0 ? 0 : end + END_OF_HEADERS.length()).getBytes(ISO_8859_1);
  }
}

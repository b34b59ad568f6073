package io.tda.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of an object: {@code gs://bucket/name}. Signed URLs and other schemes are not URIs of
 * this kind, and a text with a signature in its query is not read as one: it would be stored and
 * logged.
 *
 * <p>Cloud Storage itself would take an object name with empty segments ({@code a//b}, {@code a/}).
 * Such names are refused all the same: in a directory they cannot be told from others, and in
 * practice they come from a prefix joined carelessly, or name a folder and not an artifact.
 *
 * @param bucket a bucket name by Cloud Storage's rules
 * @param name 1 to 1,024 bytes of UTF-8, no control character or half of a surrogate pair, no
 *     empty, {@code .} or {@code ..} segment
 */
public record GcsUri(String bucket, String name) {
  private static final String SCHEME = "gs://";
  private static final String LABEL = "[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?";
  private static final Pattern BUCKET =
      Pattern.compile("(?=.{3,222}$)" + LABEL + "(?:\\." + LABEL + ")*");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern SIGNATURE = Pattern.compile("(?i)[?&](?:x-goog-|x-amz-)?signature=");
  private static final int MAX_NAME_BYTES = 1024;

  /** What a URI has to look like, for messages. */
  public static final String RULE = "must be a gs://bucket/object URI";

  public GcsUri {
    if (!isBucketName(bucket) || !isObjectName(name)) {
      throw new IllegalArgumentException("artifact URI " + RULE);
    }
  }

  /** The URI, or empty where the text is not one. */
  public static Optional<GcsUri> parse(String text) {
    int slash = text.startsWith(SCHEME) ? text.indexOf('/', SCHEME.length()) : -1;
    if (slash < 0) {
      return Optional.empty();
    }
    var bucket = text.substring(SCHEME.length(), slash);
    var name = text.substring(slash + 1);
    return isBucketName(bucket) && isObjectName(name) && !SIGNATURE.matcher(name).find()
        ? Optional.of(new GcsUri(bucket, name))
        : Optional.empty();
  }

  /** Whether Cloud Storage would take this as a bucket's name. */
  public static boolean isBucketName(String text) {
    return BUCKET.matcher(text).matches() && !IP_ADDRESS.matcher(text).matches();
  }

  /** Loops, since a step names a dozen objects, each of which is checked more than once. */
  private static boolean isObjectName(String text) {
    if (isTooLong(text)) {
      return false;
    }
    int segment = 0;
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      if (isUnprintable(codePoint)) {
        return false;
      }
      if (codePoint == '/') {
        if (!isSegment(text, segment, i)) {
          return false;
        }
        segment = i + 1;
      }
      i += Character.charCount(codePoint);
    }
    return isSegment(text, segment, text.length());
  }

  private static boolean isTooLong(String text) {
    // A character has three bytes at most.
    return text.length() > MAX_NAME_BYTES / 3 && text.getBytes(UTF_8).length > MAX_NAME_BYTES;
  }

  private static boolean isSegment(String text, int start, int end) {
    return switch (end - start) {
      case 0 -> false;
      case 1 -> text.charAt(start) != '.';
      case 2 -> text.charAt(start) != '.' || text.charAt(start + 1) != '.';
      default -> true;
    };
  }

  private static boolean isUnprintable(int codePoint) {
    return codePoint < ' '
        || (codePoint >= 0x7f
            && (Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + name;
  }
}

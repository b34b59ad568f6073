package io.tda.worker.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of an object: {@code gs://bucket/name}. Signed URLs and other schemes are not URIs of
 * this kind.
 *
 * @param bucket a bucket name by Cloud Storage's rules
 * @param name 1 to 1,024 bytes of UTF-8, no control characters, no empty, {@code .} or {@code ..}
 *     segment: such names cannot be told apart once they are paths in a directory
 */
public record GcsUri(String bucket, String name) {
  private static final String SCHEME = "gs://";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
  private static final Pattern SEGMENT_SEPARATOR = Pattern.compile("/");
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
    return isBucketName(bucket) && isObjectName(name)
        ? Optional.of(new GcsUri(bucket, name))
        : Optional.empty();
  }

  /** Whether Cloud Storage would take this as a bucket's name. */
  public static boolean isBucketName(String text) {
    return BUCKET.matcher(text).matches() && !text.contains("..");
  }

  private static boolean isObjectName(String text) {
    if (text.getBytes(UTF_8).length > MAX_NAME_BYTES
        || text.chars().anyMatch(Character::isISOControl)) {
      return false;
    }
    return SEGMENT_SEPARATOR
        .splitAsStream(text.endsWith("/") ? text + "." : text)
        .noneMatch(segment -> segment.isEmpty() || segment.equals(".") || segment.equals(".."));
  }

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + name;
  }
}

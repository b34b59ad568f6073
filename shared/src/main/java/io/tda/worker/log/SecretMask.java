package io.tda.worker.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces the configured secrets wherever they occur in a text: as they are, escaped for JSON, or
 * encoded for a URL.
 */
public final class SecretMask {
  private static final String MASK = "****";
  private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");

  /** Longest first, so that a secret that is a part of another leaves nothing of it behind. */
  private final List<String> forms;

  /** A text shorter than all forms, as most names are, need not be searched. */
  private final int shortest;

  /**
   * A mask for these secrets.
   *
   * @param secrets blank ones are ignored
   */
  public SecretMask(Set<String> secrets) {
    this.forms =
        secrets.stream()
            .filter(secret -> !secret.isBlank())
            .flatMap(secret -> Stream.of(secret, secret.strip()))
            .flatMap(SecretMask::forms)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    this.shortest = forms.isEmpty() ? Integer.MAX_VALUE : forms.getLast().length();
  }

  /** The text without the secrets. */
  public String apply(String text) {
    if (text.length() < shortest) {
      return text;
    }
    var masked = text;
    for (var form : forms) {
      if (masked.contains(form)) {
        masked = masked.replace(form, MASK);
      }
    }
    return masked;
  }

  private static Stream<String> forms(String secret) {
    var url = URLEncoder.encode(secret, UTF_8);
    var percent = url.replace("+", "%20");
    return Stream.of(
        secret,
        new String(JsonStringEncoder.getInstance().quoteAsString(secret)),
        secret.replace("/", "\\/"),
        url,
        percent,
        lowerCaseHex(url),
        lowerCaseHex(percent));
  }

  private static String lowerCaseHex(String encoded) {
    return PERCENT.matcher(encoded).replaceAll(hex -> hex.group().toLowerCase(Locale.ROOT));
  }
}

package io.tda.worker.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Judges fields by their names alone: some names promise a secret or a payload. */
enum FieldName {
  FINE,
  /** Allowed for a number only: {@code promptTokens} counts, {@code accessTokens} may not. */
  COUNT,
  FORBIDDEN,
  /** Not a word or path, so perhaps itself a piece of payload. */
  MALFORMED;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_./:@$-]{1,128}");
  private static final Pattern SEPARATORS = Pattern.compile("[^a-z0-9]");
  private static final String TOKEN = "token";

  /** Looked for in names without separators and case, so that {@code X-Goog-Api-Key} is found. */
  private static final List<String> SECRETS =
      List.of(
          "apikey",
          "secret",
          "authorization",
          "credential",
          "password",
          "passphrase",
          "privatekey",
          "bearer",
          "cookie");

  private static final List<String> PAYLOADS =
      List.of(
          "systeminstruction",
          "userprompt",
          "prompttext",
          "candidatetext",
          "rawoutput",
          "outputtext");

  static FieldName judge(String name) {
    if (!FORM.matcher(name).matches()) {
      return MALFORMED;
    }
    var bare = SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    if (SECRETS.stream().anyMatch(bare::contains) || PAYLOADS.stream().anyMatch(bare::contains)) {
      return FORBIDDEN;
    }
    if (!bare.contains(TOKEN)) {
      return FINE;
    }
    return bare.endsWith(TOKEN + "s") ? COUNT : FORBIDDEN;
  }

  /** Whether a field of such a name may have this value. */
  boolean allows(Object value) {
    return switch (this) {
      case FINE -> true;
      case COUNT -> value instanceof Number;
      case FORBIDDEN, MALFORMED -> false;
    };
  }
}

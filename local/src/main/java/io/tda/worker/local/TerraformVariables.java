package io.tda.worker.local;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a {@code terraform.tfvars}: texts, numbers, lists and objects as Terraform writes
 * them. There are no expressions in such a file.
 */
final class TerraformVariables {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|#.*|//.*|(?<token>\"(?:[^\"\\\\\\n]|\\\\.)*\"|[A-Za-z_][\\w-]*|-?\\d+(?:\\.\\d+)?"
              + "|[{}\\[\\]=:,])");

  private final List<String> tokens;
  private int at;

  private TerraformVariables(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads a file's text.
   *
   * @return empty for what is not understood
   */
  static Optional<Map<String, Object>> parse(String text) {
    return tokens(text).flatMap(tokens -> new TerraformVariables(tokens).file());
  }

  private static Optional<List<String>> tokens(String text) {
    var tokens = new ArrayList<String>();
    var matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        return Optional.empty();
      }
      if (matcher.group("token") != null) {
        tokens.add(matcher.group("token"));
      }
      end = matcher.end();
    }
    return Optional.of(tokens);
  }

  private Optional<Map<String, Object>> file() {
    var values = fields("");
    return values == null || at < tokens.size() ? Optional.empty() : Optional.of(values);
  }

  /** Fields up to a closing token, which is taken too; null where there is something else. */
  private @Nullable Map<String, Object> fields(String closing) {
    var fields = new HashMap<String, Object>();
    while (!next().equals(closing)) {
      var name = take();
      var sign = take();
      var value = sign.equals("=") || sign.equals(":") ? value() : null;
      if (value == null) {
        return null;
      }
      fields.put(unquoted(name), value);
      skipComma();
    }
    at++;
    return closing.isEmpty() ? rewound(fields) : fields;
  }

  private Map<String, Object> rewound(Map<String, Object> fields) {
    at--;
    return fields;
  }

  private @Nullable Object value() {
    var token = take();
    return switch (token) {
      case "{" -> fields("}");
      case "[" -> list();
      case "", "}", "]", "=", ":", "," -> null;
      default -> unquoted(token);
    };
  }

  private @Nullable List<Object> list() {
    var list = new ArrayList<>();
    while (!next().equals("]")) {
      var value = value();
      if (value == null) {
        return null;
      }
      list.add(value);
      skipComma();
    }
    at++;
    return list;
  }

  private void skipComma() {
    if (next().equals(",")) {
      at++;
    }
  }

  private String next() {
    return at < tokens.size() ? tokens.get(at) : "";
  }

  private String take() {
    var token = next();
    at++;
    return token;
  }

  private static String unquoted(String token) {
    return token.startsWith("\"") ? token.substring(1, token.length() - 1) : token;
  }
}

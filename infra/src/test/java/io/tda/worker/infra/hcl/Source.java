package io.tda.worker.infra.hcl;

/** A place in a text, and how it moves on. */
final class Source {
  private final String text;
  private int at;

  Source(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  char peek() {
    if (atEnd()) {
      throw unexpected();
    }
    return text.charAt(at);
  }

  boolean takes(char wanted) {
    if (atEnd() || text.charAt(at) != wanted) {
      return false;
    }
    at++;
    return true;
  }

  void take(char wanted) {
    if (!takes(wanted)) {
      throw unexpected();
    }
  }

  IllegalArgumentException unexpected() {
    long line = text.substring(0, Math.min(at, text.length())).lines().count();
    return new IllegalArgumentException("not HCL as we read it, near line " + line);
  }

  void skipSpaces() {
    while (!atEnd() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  void skipBlank() {
    while (!atEnd() && (Character.isWhitespace(text.charAt(at)) || atComment())) {
      if (atComment()) {
        skipComment();
      } else {
        at++;
      }
    }
  }

  String identifier() {
    int start = at;
    while (!atEnd() && (Character.isLetterOrDigit(text.charAt(at)) || isInner(text.charAt(at)))) {
      at++;
    }
    if (at == start) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  String label() {
    int start = at;
    skipText();
    return text.substring(start + 1, at - 1);
  }

  /** Up to the end of the line, or of the line on which the last bracket closes. */
  String expression() {
    StringBuilder taken = new StringBuilder();
    int depth = 0;
    while (!atEnd()) {
      char next = text.charAt(at);
      if (depth == 0 && (next == '\n' || next == '}')) {
        break;
      }
      if (atComment()) {
        skipComment();
        continue;
      }
      int start = at;
      if (next == '"') {
        skipText();
      } else if (text.startsWith("<<", at)) {
        skipHeredoc();
      } else {
        depth += "([{".indexOf(next) >= 0 ? 1 : ")]}".indexOf(next) >= 0 ? -1 : 0;
        at++;
      }
      taken.append(text, start, at);
    }
    return taken.toString().strip();
  }

  private static boolean isInner(char c) {
    return c == '_' || c == '-';
  }

  private boolean atComment() {
    return text.startsWith("#", at) || text.startsWith("//", at) || text.startsWith("/*", at);
  }

  /** A comment that ends with its line leaves the line's end. */
  private void skipComment() {
    boolean block = text.startsWith("/*", at);
    int end = text.indexOf(block ? "*/" : "\n", at);
    if (end < 0 && block) {
      throw unexpected();
    }
    at = end < 0 ? text.length() : block ? end + 2 : end;
  }

  private void skipText() {
    take('"');
    while (peek() != '"') {
      if (text.startsWith("${", at) || text.startsWith("%{", at)) {
        skipTemplate();
      } else {
        at += peek() == '\\' ? 2 : 1;
      }
    }
    at++;
  }

  private void skipTemplate() {
    int depth = 0;
    do {
      if (peek() == '"') {
        skipText();
        continue;
      }
      depth += peek() == '{' ? 1 : peek() == '}' ? -1 : 0;
      at++;
    } while (depth > 0 || text.charAt(at - 1) != '}');
  }

  private void skipHeredoc() {
    at += text.startsWith("<<-", at) ? 3 : 2;
    String end = identifier();
    do {
      at = text.indexOf('\n', at) + 1;
      if (at == 0) {
        throw unexpected();
      }
    } while (!text.substring(at).stripLeading().startsWith(end));
    at = text.indexOf(end, at) + end.length();
  }
}

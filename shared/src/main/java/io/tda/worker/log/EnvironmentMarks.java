package io.tda.worker.log;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes a dump of the environment or the system properties. No list of forbidden names covers
 * what people put there, so two variables that every process has give the whole dump away.
 */
final class EnvironmentMarks {
  private static final int ENOUGH = 2;

  private static final Set<String> NAMES =
      Set.of(
          "PATH",
          "Path",
          "HOME",
          "HOSTNAME",
          "PWD",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "TERM",
          "JAVA_HOME",
          "K_SERVICE",
          "K_REVISION",
          "K_CONFIGURATION",
          "GOOGLE_CLOUD_PROJECT",
          "GEMINI_API_KEY",
          "USERPROFILE",
          "SystemRoot",
          "java.home",
          "java.class.path",
          "user.home",
          "user.dir",
          "os.name");

  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?<![A-Za-z0-9_.])("
              + String.join("|", NAMES.stream().map(Pattern::quote).sorted().toList())
              + ")=");

  /** Made when needed, which is hardly ever: this is asked for every name of every line. */
  private Set<String> seen = Set.of();

  /** Looks at a field's name. */
  void name(String name) {
    if (NAMES.contains(name)) {
      add(name);
    }
  }

  /** Looks at a text, which may be a whole dump by itself. */
  void text(String text) {
    if (text.indexOf('=') >= 0) {
      ASSIGNMENT.matcher(text).results().forEach(match -> add(match.group(1)));
    }
  }

  private void add(String name) {
    if (seen.isEmpty()) {
      seen = new HashSet<>();
    }
    seen.add(name);
  }

  /** Whether what was seen is a dump. */
  boolean isDump() {
    return seen.size() >= ENOUGH;
  }
}

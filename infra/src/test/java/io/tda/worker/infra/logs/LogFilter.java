package io.tda.worker.infra.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of Cloud Logging, as far as we use its language: comparisons joined by AND or by a new
 * line.
 *
 * @param terms one for each comparison
 */
record LogFilter(List<Term> terms) {
  private static final Pattern TERM =
      Pattern.compile("([A-Za-z_.]+)(=|>=|>)(?:\"([^\"]*)\"|\\(([^)]*)\\)|(\\d+|true|false))");

  private static final Pattern AND = Pattern.compile("\\s+AND\\s+|\\s*\\n\\s*");
  private static final Pattern OR = Pattern.compile("\\s+OR\\s+");

  /**
   * A field and what it is compared with.
   *
   * @param values several where any of them will do
   */
  record Term(String field, List<String> values) {}

  static LogFilter of(String text) {
    List<Term> terms = new ArrayList<>();
    for (String comparison : AND.splitAsStream(text.strip()).toList()) {
      Matcher term = TERM.matcher(comparison.strip());
      if (!term.matches()) {
        throw new IllegalArgumentException("not a comparison as we write them: " + comparison);
      }
      terms.add(new Term(term.group(1), values(term)));
    }
    return new LogFilter(List.copyOf(terms));
  }

  private static List<String> values(Matcher term) {
    if (term.group(4) == null) {
      return List.of(term.group(3) == null ? term.group(5) : term.group(3));
    }
    return OR.splitAsStream(term.group(4)).map(value -> value.replaceAll("^\"|\"$", "")).toList();
  }

  /** The events that it names. */
  List<String> events() {
    return terms.stream()
        .filter(term -> term.field().equals("jsonPayload.event"))
        .flatMap(term -> term.values().stream())
        .toList();
  }
}

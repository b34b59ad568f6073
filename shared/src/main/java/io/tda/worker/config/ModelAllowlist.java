package io.tda.worker.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which models may be called, by exact name or by the start of a name.
 *
 * @param entries names, or starts of names with a trailing {@code *}; empty allows all
 */
public record ModelAllowlist(List<String> entries) {
  /** Allows every model. */
  public static final ModelAllowlist ALL = new ModelAllowlist(List.of());

  static final String RULE =
      "model names separated by commas, a trailing * for all that start so; at least one name";

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern ENTRY = Pattern.compile("[A-Za-z0-9._/@:-]*\\*?");
  private static final String ANY = "*";

  public ModelAllowlist {
    entries = List.copyOf(entries);
    if (!entries.stream().allMatch(ModelAllowlist::isEntry)) {
      throw new IllegalArgumentException("an allowlist has to be " + RULE);
    }
  }

  /**
   * Reads a list. One that holds nothing but commas is refused: it would allow all, which is hardly
   * meant.
   */
  public static Optional<ModelAllowlist> parse(String text) {
    var entries =
        Arrays.stream(COMMA.split(text)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    return !entries.isEmpty() && entries.stream().allMatch(ModelAllowlist::isEntry)
        ? Optional.of(new ModelAllowlist(entries))
        : Optional.empty();
  }

  /** Whether this model may be called. */
  public boolean allows(String model) {
    return entries.isEmpty() || entries.stream().anyMatch(entry -> matches(entry, model));
  }

  private static boolean matches(String entry, String model) {
    return entry.endsWith(ANY)
        ? model.startsWith(entry.substring(0, entry.length() - 1))
        : model.equals(entry);
  }

  private static boolean isEntry(String text) {
    return !text.isEmpty() && ENTRY.matcher(text).matches();
  }
}

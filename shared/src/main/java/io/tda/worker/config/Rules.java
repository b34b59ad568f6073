package io.tda.worker.config;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tda.worker.config.EmulatorConfig.Endpoint.Emulator;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The rules that only one kind of variable has. */
final class Rules {
  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+");
  private static final Pattern EMULATOR =
      Pattern.compile("(?:http://)?((?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5}))/?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
  private static final int MAX_PORT = 65_535;

  private Rules() {}

  static Rule<Pattern> regex() {
    return new Rule<>(
        "a regular expression of Java",
        value -> {
          try {
            return Optional.of(Pattern.compile(value));
          } catch (PatternSyntaxException _) { // its message quotes the value
            return Optional.empty();
          }
        });
  }

  static Rule<Set<String>> accounts() {
    return new Rule<>(
        "e-mail addresses of service accounts, separated by commas",
        value -> {
          var accounts = COMMA.splitAsStream(value).map(String::strip).collect(toUnmodifiableSet());
          return Optional.of(accounts)
              .filter(all -> !all.isEmpty() && all.stream().allMatch(ACCOUNT.asMatchPredicate()));
        });
  }

  /** Some tools write the scheme, some do not. */
  static Rule<Emulator> emulator() {
    return new Rule<>(
        "host:port, with or without http:// before it",
        value -> {
          var parts = EMULATOR.matcher(value);
          if (!parts.matches()) {
            return Optional.empty();
          }
          int port = Integer.parseInt(parts.group(2));
          return port >= 1 && port <= MAX_PORT
              ? Optional.of(new Emulator(parts.group(1)))
              : Optional.empty();
        });
  }

  /** The key travels to this address: in plain text only where it stays on the machine. */
  static Rule<URI> baseUrl() {
    return new Rule<>(
        "an https URL, or http with a loopback address, without user, query and fragment",
        value -> {
          try {
            return Optional.of(new URI(value)).filter(Rules::isBaseUrl);
          } catch (URISyntaxException _) { // its message quotes the value
            return Optional.empty();
          }
        });
  }

  private static boolean isBaseUrl(URI url) {
    var host = url.getHost();
    if (host == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      return false;
    }
    return "https".equalsIgnoreCase(url.getScheme())
        || ("http".equalsIgnoreCase(url.getScheme()) && LOOPBACK.matcher(host).matches());
  }
}

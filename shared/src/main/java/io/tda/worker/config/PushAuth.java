package io.tda.worker.config;

import java.net.URI;
import java.util.Set;

/** Whether the service checks the bearer token of its callers itself. */
public sealed interface PushAuth {

  /** It does not: the platform's access control is all there is. */
  record None() implements PushAuth {}

  /**
   * It does: the token has to be for this audience and from one of these accounts.
   *
   * @param accounts e-mail addresses of service accounts, at least one
   * @param keys where the keys are that it may be signed with, a JSON Web Key Set
   */
  record Oidc(String audience, Set<String> accounts, URI keys) implements PushAuth {
    public Oidc {
      accounts = Set.copyOf(accounts);
      if (accounts.isEmpty()) {
        throw new IllegalArgumentException("no account could call the service");
      }
    }
  }
}

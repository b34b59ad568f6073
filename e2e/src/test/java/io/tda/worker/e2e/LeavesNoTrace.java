package io.tda.worker.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Looks after each test at everything the services of the shared stacks have printed meanwhile: no
 * canary, nothing but log lines, and each as its contract says. Ends the stacks after the last
 * test.
 */
final class LeavesNoTrace implements BeforeAllCallback, AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(LeavesNoTrace.class);
  private static final Schema CONTRACT = Contracts.schema("log_event");
  private static final Map<ServiceProcess, Integer> SEEN = new HashMap<>();

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("end", _ -> (AutoCloseable) SharedStack::closeAll, AutoCloseable.class);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    for (var shared : SharedStack.all()) {
      var stack = shared.started();
      if (stack != null) {
        check(stack);
      }
    }
  }

  /** The same for a stack that a test has to itself. */
  static void check(Stack stack) {
    assertThat(stack.leaks()).isEmpty();
    stack.services().forEach(service -> assertThat(brokenLines(service)).isEmpty());
  }

  private static List<String> brokenLines(ServiceProcess service) {
    var broken = new ArrayList<String>();
    var log = service.log();
    for (var line : log.subList(SEEN.getOrDefault(service, 0), log.size())) {
      var violations = CONTRACT.validate(line.json());
      if (!violations.isEmpty()) {
        broken.add(violations + " in " + line);
      }
    }
    SEEN.put(service, log.size());
    return broken;
  }
}

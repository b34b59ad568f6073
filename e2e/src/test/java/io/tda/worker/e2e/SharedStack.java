package io.tda.worker.e2e;

import io.tda.worker.e2e.StackSettings.Orders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stacks that all tests of a JVM share: each is started when it is first asked for. */
final class SharedStack {
  /** Events and claims are delivered as in production. */
  static final SharedStack DELIVERED =
      new SharedStack(StackSettings.of("delivered", Orders.PUSHED).withEvents());

  /** Tests deliver events and claims themselves; there are two dispatchers. */
  static final SharedStack BY_HAND =
      new SharedStack(StackSettings.of("byhand", Orders.HELD).withDispatchers(2));

  private static final Object LOCK = new Object();
  private static @Nullable Platform platform;

  private final StackSettings settings;
  private @Nullable Stack stack;

  private SharedStack(StackSettings settings) {
    this.settings = settings;
  }

  Stack get() {
    synchronized (LOCK) {
      if (stack == null) {
        stack = Stack.start(platform(), settings);
      }
      return stack;
    }
  }

  /** Null as long as nobody has asked for it. */
  @Nullable Stack started() {
    synchronized (LOCK) {
      return stack;
    }
  }

  /** What they stand on; other stacks may stand there too. */
  static Platform platform() {
    synchronized (LOCK) {
      if (platform == null) {
        platform = Platform.start(SharedStack::say);
      }
      return platform;
    }
  }

  private static void say(String line) {
    System.out.println(line);
  }

  static List<SharedStack> all() {
    return List.of(DELIVERED, BY_HAND);
  }

  static void closeAll() {
    synchronized (LOCK) {
      try (var closing = new Closing()) {
        if (platform != null) {
          closing.with(platform);
        }
        for (var shared : all()) {
          if (shared.stack != null) {
            closing.with(shared.stack);
          }
        }
      }
    }
  }
}

package io.tda.worker.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Makes ports in memory as far away as real ones, counts their calls, and finds how many of them
 * wait for each other: a call stands one deeper than the deepest that had ended when it began.
 */
final class Remote {
  /** Long, so that calls which are made at the same time begin before one of them ends. */
  private static final Duration CALL = Duration.ofMillis(150);

  private final Map<String, Integer> calls = new TreeMap<>();
  private int depth;

  /** The same port, far away. */
  @SuppressWarnings("unchecked") // a proxy of the interface is of the interface
  <T> T port(Class<T> port, T near) {
    return (T)
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, arguments) -> {
              int place = begin(port.getSimpleName() + "." + method.getName());
              Thread.sleep(CALL);
              try {
                return method.invoke(near, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              } finally {
                end(place);
              }
            });
  }

  /** How often each method was called since the last time this was asked. */
  synchronized Map<String, Integer> takeCalls() {
    var taken = new TreeMap<>(calls);
    calls.clear();
    return taken;
  }

  /** How many calls in a row there were since the last time this was asked. */
  synchronized int takeDepth() {
    int taken = depth;
    depth = 0;
    return taken;
  }

  private synchronized int begin(String call) {
    calls.merge(call, 1, Integer::sum);
    return depth + 1;
  }

  private synchronized void end(int place) {
    depth = Math.max(depth, place);
  }
}

package io.tda.worker.emulator;

/**
 * An emulator that answers. Closing it ends it, unless somebody else started it.
 *
 * @param host what {@link EmulatorKind#variable()} has to be: {@code host:port}, for storage with
 *     {@code http://}
 * @param callbackHost under which name the emulator reaches servers on this machine; where that is
 *     not 127.0.0.1, they have to listen on all addresses
 * @param source for people: where it was found
 * @param end ends it; safe to repeat
 */
public record Emulator(
    EmulatorKind kind, String host, String callbackHost, String source, Runnable end)
    implements AutoCloseable {
  static final String THIS_MACHINE = "127.0.0.1";

  /** Whether somebody else started it, and so without options of ours. */
  public boolean isGiven() {
    return source.equals(kind.variable());
  }

  @Override
  public void close() {
    end.run();
  }
}

package io.tda.worker.adapter.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends what it likes. Waits 20 s for the server at most. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE = 20_000;

  private final Socket socket;

  RawClient(int port) throws IOException {
    this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
  }

  RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
    socket.getOutputStream().flush();
    return this;
  }

  /** All that the server sends until it closes the connection. */
  String untilClosed() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), US_ASCII);
  }

  /** The first line of the answer. */
  String statusLine() throws IOException {
    var line = new StringBuilder();
    for (int c = socket.getInputStream().read();
        c >= 0 && c != '\r';
        c = socket.getInputStream().read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

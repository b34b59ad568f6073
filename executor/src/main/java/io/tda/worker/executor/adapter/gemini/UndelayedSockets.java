package io.tda.worker.executor.adapter.gemini;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that send at once. OkHttp leaves them as the system makes them: the last part of a
 * request is then held back until the part before it is acknowledged, and a receiver may take 40 ms
 * to do that.
 */
public final class UndelayedSockets extends SocketFactory {
  private final SocketFactory usual = SocketFactory.getDefault();

  /** The one that OkHttp asks for: it connects by itself. */
  @Override
  public Socket createSocket() throws IOException {
    return undelayed(usual.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return undelayed(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return undelayed(usual.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return undelayed(usual.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return undelayed(usual.createSocket(address, port, localAddress, localPort));
  }

  private static Socket undelayed(Socket socket) throws SocketException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}

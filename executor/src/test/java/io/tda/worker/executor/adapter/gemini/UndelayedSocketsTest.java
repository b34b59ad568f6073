package io.tda.worker.executor.adapter.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class UndelayedSocketsTest {
  private final UndelayedSockets sockets = new UndelayedSockets();

  @Test
  void createSocket_makesOneThatSendsAtOnce() throws Exception {
    try (var socket = sockets.createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void createSocket_makesOneThatSendsAtOnce_whereItConnectsToo() throws Exception {
    var here = InetAddress.getLoopbackAddress();
    try (var server = new ServerSocket(0, 1, here);
        var socket = sockets.createSocket(here, server.getLocalPort())) {
      assertThat(socket.getTcpNoDelay()).isTrue();
      assertThat(socket.isConnected()).isTrue();
    }
  }
}

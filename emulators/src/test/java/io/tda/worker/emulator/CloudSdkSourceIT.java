package io.tda.worker.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The installed Google Cloud CLI's emulators really start and really end. */
class CloudSdkSourceIT {
  @ParameterizedTest
  @EnumSource(names = {"FIRESTORE", "PUBSUB"})
  void start_givesAnEmulatorThatAnswersUntilItIsClosed(EmulatorKind kind) {
    var emulator = EmulatorLauncher.of(environment(), System.out::println).require(kind);
    boolean answered = accepts(emulator.host());
    emulator.close();

    assertThat(answered).isTrue();
    assertThat(accepts(emulator.host())).isFalse();
  }

  @Test
  void emulator_endsWithItsParent_whenThatIsTerminated() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
            java, "-cp", System.getProperty("java.class.path"), EmulatorHolder.class.getName());
    builder.environment().putAll(environment());
    var parent = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (var lines = new BufferedReader(new InputStreamReader(parent.getInputStream(), UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("started");
      var emulator = parent.descendants().findFirst().orElseThrow();
      parent.destroy(); // SIGTERM

      emulator.onExit().get(20, TimeUnit.SECONDS);
      assertThat(parent.waitFor(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      parent.descendants().forEach(ProcessHandle::destroyForcibly);
      parent.destroyForcibly();
    }
  }

  private static Map<String, String> environment() {
    var environment = new HashMap<>(System.getenv());
    environment.put(EmulatorLauncher.CHOICE, "sdk");
    return environment;
  }

  private static boolean accepts(String host) {
    int colon = host.lastIndexOf(':');
    var address =
        new InetSocketAddress(
            host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
    try (var socket = new Socket()) {
      socket.connect(address, 2000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

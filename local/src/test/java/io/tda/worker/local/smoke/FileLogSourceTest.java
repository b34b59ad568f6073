package io.tda.worker.local.smoke;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services' stdout, kept in a file. */
final class FileLogSourceTest extends LogSourceContract {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("log.jsonl");
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  LogSource source() throws IOException {
    append("");
    return new FileLogSource(file());
  }

  @Override
  void write(String severity, String fields) throws IOException {
    append("{\"severity\":\"%s\",%s}\n".formatted(severity, fields));
  }

  @Test
  void lineThatIsHalfThere_andWhatIsNoLine_areLeftOut() throws IOException {
    append("WARNING: a JVM has something to say\n");
    append("{\"runId\":\"smoke-1\",\"event\":\"lease_acq");

    assertThat(source().read(Set.of(RUN))).isEmpty();
  }

  @Test
  void missingFile_isSaid() {
    assertThatThrownBy(() -> new FileLogSource(file()).read(Set.of(RUN)))
        .isInstanceOf(LogSourceException.class)
        .hasMessageContaining("cannot be read");
  }
}

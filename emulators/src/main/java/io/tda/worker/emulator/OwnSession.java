package io.tda.worker.emulator;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a terminal's Ctrl-C from a child process, where the system has {@code setsid}: whoever
 * started it ends it, in an order that loses nothing.
 */
public final class OwnSession {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private OwnSession() {}

  /** The command as it has to be started; its process id is the command's own. */
  public static List<String> of(List<String> command) {
    var whole = new ArrayList<String>();
    if (Files.isExecutable(SETSID)) {
      whole.add(SETSID.toString());
    }
    whole.addAll(command);
    return List.copyOf(whole);
  }
}

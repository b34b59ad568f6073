package io.tda.worker.adapter.directory;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A disk without what a test takes from it. */
final class BrokenDisk implements CreateOnlyFiles.Disk {
  private boolean links = true;
  private boolean rival;
  private int room = Integer.MAX_VALUE;

  BrokenDisk withoutLinks() {
    links = false;
    return this;
  }

  /** Another writer is always a moment earlier. */
  BrokenDisk withRival() {
    rival = true;
    return this;
  }

  /** After this many bytes of one file it is full. */
  BrokenDisk withRoomFor(int bytes) {
    room = bytes;
    return this;
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    if (content.length > room) {
      SYNCED.write(file, Arrays.copyOf(content, room));
      throw new FileSystemException(file.toString(), null, "No space left on device");
    }
    SYNCED.write(file, content);
  }

  @Override
  public void link(Path name, Path file) throws IOException {
    if (!links) {
      throw new UnsupportedOperationException("no links");
    }
    if (rival) {
      Files.writeString(name, "rival");
    }
    SYNCED.link(name, file);
  }
}

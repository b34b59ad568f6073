package io.tda.worker.adapter.directory;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Creates files that appear whole or not at all, and never replace another one.
 *
 * <p>The content is written under a name that nobody reads and reaches the disk before the file
 * gets its own name by a hard link, which the system refuses where the name is taken. Whatever
 * fails, no part of it stays; only a process that is killed leaves its unfinished file in {@code
 * .incoming}.
 */
final class CreateOnlyFiles {
  private static final Object IN_THIS_PROCESS = new Object();

  private final ObjectPaths paths;
  private final Disk disk;
  private long lastGeneration;

  CreateOnlyFiles(ObjectPaths paths, Disk disk) {
    this.paths = paths;
    this.disk = disk;
  }

  /** The parts of a file system that differ from place to place. */
  interface Disk {
    /** A local disk, written through. */
    Disk SYNCED =
        new Disk() {
          @Override
          public void write(Path file, byte[] content) throws IOException {
            try (var channel = FileChannel.open(file, WRITE, CREATE_NEW)) {
              for (var rest = ByteBuffer.wrap(content); rest.hasRemaining(); ) {
                channel.write(rest);
              }
              channel.force(true);
            }
          }

          @Override
          public void link(Path name, Path file) throws IOException {
            Files.createLink(name, file);
          }
        };

    /** Writes a new file; when this returns, it survives a loss of power. */
    void write(Path file, byte[] content) throws IOException;

    /** Gives a file another name, unless that is taken. */
    void link(Path name, Path file) throws IOException;
  }

  /**
   * Creates a file and, before it, its side file.
   *
   * @param sideFile where the side file of a generation lies
   * @return the new file's generation; empty where the name was taken
   */
  OptionalLong create(Path file, byte[] content, LongFunction<Path> sideFile, byte[] sideContent)
      throws IOException {
    Files.createDirectories(file.getParent());
    Files.createDirectories(paths.incoming());
    Files.createDirectories(paths.sideFiles());
    // A folder for each file: made so, the file itself gets the user's usual permissions.
    var folder = Files.createTempDirectory(paths.incoming(), "");
    var incoming = folder.resolve("object");
    @Nullable Path side = null;
    boolean created = false;
    try {
      write(incoming, content);
      long generation = reserve(incoming, sideFile, sideContent);
      side = sideFile.apply(generation);
      created = name(file, incoming);
      return created ? OptionalLong.of(generation) : OptionalLong.empty();
    } finally {
      delete(incoming);
      delete(folder);
      if (!created && side != null) {
        delete(side);
      }
    }
  }

  /** The modification time, unless it is before all time: a generation is positive. */
  static long generation(FileTime modified) {
    return Math.max(1, modified.to(TimeUnit.MICROSECONDS));
  }

  /** Finds a generation that no side file of the object has yet, and writes the side file. */
  private long reserve(Path incoming, LongFunction<Path> sideFile, byte[] sideContent)
      throws IOException {
    // Where times are coarse, a small step changes nothing: the last one is of 4 s.
    for (long step = 1; step <= 1 << 22; step *= 2) {
      long generation = stamp(incoming, step);
      try {
        write(sideFile.apply(generation), sideContent);
        return generation;
      } catch (FileAlreadyExistsException e) {
        // Another process took it, or the step was too small.
      }
    }
    throw new IOException("no generation is free");
  }

  /** Two writes within one tick of the clock differ all the same. */
  private synchronized long stamp(Path incoming, long step) throws IOException {
    lastGeneration =
        Math.max(generation(Files.getLastModifiedTime(incoming)), lastGeneration + step);
    Files.setLastModifiedTime(incoming, FileTime.from(lastGeneration, TimeUnit.MICROSECONDS));
    return generation(Files.getLastModifiedTime(incoming));
  }

  private boolean name(Path file, Path incoming) throws IOException {
    try {
      disk.link(file, incoming);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return moveUnderLock(file, incoming);
    }
  }

  /**
   * For file systems without hard links. A move either replaces what is there or looks first and
   * moves then, and between the two another writer's file could come and be replaced. So every
   * writer that cannot link takes the same lock; the system releases it if the process dies.
   */
  private boolean moveUnderLock(Path file, Path incoming) throws IOException {
    synchronized (IN_THIS_PROCESS) {
      try (var channel = FileChannel.open(paths.lock(), CREATE, WRITE);
          var _ = channel.lock()) {
        if (Files.exists(file)) {
          return false;
        }
        Files.move(incoming, file, ATOMIC_MOVE);
        return true;
      }
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try {
      disk.write(file, content);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      delete(file);
      throw e;
    }
  }

  /** What cannot be removed is not part of any object, and no reason to fail. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Kept.
    }
  }
}

package io.tda.worker.adapter.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is peculiar to a directory; the rest is in the contract. */
class DirectoryArtifactStoreTest {
  private static final GcsUri REPORT = new GcsUri("bucket", "run-1/4h/report.json");
  private static final byte[] CONTENT = "{\"CANARY-OUTPUT-PHRASE\":1}".getBytes(UTF_8);

  @TempDir private Path temp;
  private Path directory;
  private ArtifactStore store;

  @BeforeEach
  void open() throws IOException {
    directory = temp.resolve("new/artifacts");
    store = DirectoryArtifactStore.open(directory);
  }

  @Test
  void create_putsTheObjectWhereItsUriSays() throws IOException {
    create(store);

    assertThat(directory.resolve("bucket/run-1/4h/report.json")).hasBinaryContent(CONTENT);
    assertThat(files()).containsExactly("bucket/run-1/4h/report.json");
  }

  @Test
  void create_leavesNothingBehind_whenItComesSecond() throws IOException {
    create(store);
    create(store);

    assertThat(allFiles(directory.resolve(".incoming"))).isEmpty();
    assertThat(allFiles(directory.resolve(".meta"))).hasSize(1);
  }

  @Test
  void create_leavesNothingBehind_whenAnotherWriterIsAMomentEarlier() throws IOException {
    var late = DirectoryArtifactStore.open(directory, new BrokenDisk().withRival());

    assertThat(create(late)).isEqualTo(new CreateResult.AlreadyExists());
    assertThat(allFiles(directory)).containsExactly("bucket/run-1/4h/report.json");
  }

  @Test
  void create_leavesNothingBehind_whenTheDiskIsFull() throws IOException {
    var full = DirectoryArtifactStore.open(directory, new BrokenDisk().withRoomFor(3));

    var error = error(() -> create(full));

    assertThat(error.code()).isEqualTo(ErrorCode.GCS_WRITE_FAILED);
    assertThat(error.retryable()).isTrue();
    assertThat(error.details()).isEqualTo(Map.of("gcs_uri", REPORT.toString()));
    assertThat(allFiles(directory)).isEmpty();
  }

  @Test
  void create_leavesNothingBehind_whenTheSideFileNoLongerFits() throws IOException {
    var full = DirectoryArtifactStore.open(directory, new BrokenDisk().withRoomFor(40));

    assertThat(error(() -> create(full)).code()).isEqualTo(ErrorCode.GCS_WRITE_FAILED);
    assertThat(allFiles(directory)).isEmpty();
  }

  @Test
  void create_saysThatPermissionIsMissing_whenTheDirectoryIsReadOnly() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeFalse(Files.isWritable(directory), "the superuser may write everywhere");

    var error = error(() -> create(store));

    assertThat(error.message()).isEqualTo("no permission to write the object");
    assertThat(error.retryable()).isFalse();
    assertThat(allFiles(directory)).isEmpty();
  }

  @Test
  void fault_namesTheObject_andNeitherFileNorContent() throws IOException {
    Files.writeString(directory.resolve(".incoming"), "a file where a folder has to be");

    var exception = catchThrowableOfType(StepException.class, () -> create(store));

    assertThat(exception).hasMessage("GCS_WRITE_FAILED: the object could not be written");
    assertThat(exception.error().toString())
        .contains(REPORT.toString())
        .doesNotContain(temp.toString(), "CANARY");
  }

  @ParameterizedTest
  @CsvSource({
    "a.json, application/json",
    "a.JSON, application/json",
    "a.png, image/png",
    "a.jpg, image/jpeg",
    "a.jpeg, image/jpeg",
    "a.webp, image/webp",
    "a.bin, application/octet-stream",
    "json, application/json",
    "noext, application/octet-stream"
  })
  void find_guessesTheTypeOfAFileThatAPersonPutThere(String name, String type) throws IOException {
    putByHand("bucket/" + name);

    assertThat(store.find(new GcsUri("bucket", name)))
        .hasValueSatisfying(object -> assertThat(object.contentType()).isEqualTo(type));
  }

  @Test
  void find_takesTheGenerationOfAFileFromItsTime() throws IOException {
    var file = putByHand("bucket/a.json");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2025-12-24T06:10:00Z")));

    assertThat(store.find(new GcsUri("bucket", "a.json")))
        .hasValueSatisfying(
            object -> assertThat(object.generation()).isEqualTo(1_766_556_600_000_000L));
  }

  @Test
  void find_forgetsWhatItKnew_whenAPersonReplacedTheFile() throws IOException {
    create(store);
    var file = putByHand("bucket/run-1/4h/report.json");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));

    assertThat(store.find(REPORT))
        .hasValueSatisfying(object -> assertThat(object.metadata()).isEmpty());
  }

  @Test
  void create_refusesToGoThroughALinkThatLeadsOut() throws IOException {
    var outside = Files.createDirectory(temp.resolve("outside"));
    Files.createSymbolicLink(directory.resolve("bucket"), outside);

    var error = error(() -> create(store));

    assertThat(error.message()).isEqualTo("the object's path leads out of the directory");
    assertThat(error.retryable()).isFalse();
    assertThat(allFiles(outside)).isEmpty();
  }

  @Test
  void read_refusesToGoThroughALinkThatLeadsOut() throws IOException {
    var secret = Files.writeString(temp.resolve("secret.json"), "CANARY-SECRET-0001");
    Files.createDirectories(directory.resolve("bucket"));
    Files.createSymbolicLink(directory.resolve("bucket/x.json"), secret);

    assertThat(error(() -> store.read(new GcsUri("bucket", "x.json"), 100)).code())
        .isEqualTo(ErrorCode.GCS_READ_FAILED);
  }

  @Test
  void create_refusesALinkThatLeadsNowhere() throws IOException {
    Files.createDirectories(directory.resolve("bucket"));
    Files.createSymbolicLink(directory.resolve("bucket/x.json"), temp.resolve("gone.json"));

    assertThat(error(() -> create(store, new GcsUri("bucket", "x.json"))).retryable()).isFalse();
    assertThat(temp.resolve("gone.json")).doesNotExist();
  }

  @Test
  void open_followsALinkToTheDirectoryItself() throws IOException {
    var link = Files.createSymbolicLink(temp.resolve("link"), directory);

    assertThat(create(DirectoryArtifactStore.open(link))).isInstanceOf(CreateResult.Created.class);
    assertThat(files()).hasSize(1);
  }

  @Test
  void create_saysSo_whenAFileOrFolderHasItsPlace() throws IOException {
    create(store);

    assertThat(error(() -> create(store, new GcsUri("bucket", "run-1"))).message())
        .isEqualTo("another file or folder has the object's place");
    assertThat(error(() -> create(store, new GcsUri("bucket", REPORT.name() + "/x"))).message())
        .isEqualTo("another file or folder has the object's place");
  }

  @Test
  void read_findsNothing_belowAnObject() {
    create(store);

    assertThat(store.read(new GcsUri("bucket", REPORT.name() + "/x"), 100))
        .isEqualTo(new ReadResult.Missing());
  }

  @Test
  void create_isFinal_whenTheNameIsTooLongForAFile() {
    var error = error(() -> create(store, new GcsUri("bucket", "x".repeat(1_000))));

    assertThat(error.message()).isEqualTo("the object's name cannot be a file's name here");
    assertThat(error.retryable()).isFalse();
  }

  @Test
  void create_isSeenByAnotherStoreOfTheSameDirectory() throws IOException {
    create(store);
    var other = DirectoryArtifactStore.open(directory);

    assertThat(create(other)).isEqualTo(new CreateResult.AlreadyExists());
    assertThat(other.find(REPORT)).isEqualTo(store.find(REPORT));
  }

  private static CreateResult create(ArtifactStore store) {
    return create(store, REPORT);
  }

  private static CreateResult create(ArtifactStore store, GcsUri uri) {
    return store.create(uri, CONTENT, "application/json", Map.of("claimId", "c-1"));
  }

  private Path putByHand(String name) throws IOException {
    var file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "by hand");
  }

  private static StepError error(ThrowingCallable code) {
    return catchThrowableOfType(StepException.class, code).error();
  }

  /** All files that are objects, relative to the directory. */
  private List<String> files() throws IOException {
    return allFiles(directory).stream().filter(name -> !name.startsWith(".")).toList();
  }

  private static List<String> allFiles(Path folder) throws IOException {
    try (var found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}

package io.tda.worker.local.sim;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.flow.ErrorCode;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cloud Storage: create-only objects with generations, behind a network like Firestore's. */
final class SimulatedStorage {
  private final World world;
  private final Faults faults;
  private final Invariants invariants;
  private final Map<GcsUri, Stored> objects = new HashMap<>();
  private long generations = 1_000;

  /** An object. */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Stored(StoredObject object, byte[] content) {}

  SimulatedStorage(World world, Faults faults, Invariants invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
  }

  /** The object as it is, for the checker; null where there is none. */
  @Nullable Stored peek(GcsUri uri) {
    return objects.get(uri);
  }

  /** Stores an object for somebody who is not simulated. */
  void put(GcsUri uri, byte[] content) {
    var _ = create(uri, content, "application/octet-stream", Map.of());
  }

  /** The store as this process sees it. */
  ArtifactStore seenBy(SimulatedProcess process) {
    return new Client(new Network(world, process));
  }

  private CreateResult create(
      GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    if (objects.containsKey(uri)) {
      return new CreateResult.AlreadyExists();
    }
    var object = new StoredObject(uri, content.length, ++generations, contentType, metadata);
    objects.put(uri, new Stored(object, content.clone()));
    return new CreateResult.Created(object.generation());
  }

  private CreateResult createFor(
      Work work, GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    var result = create(uri, content, contentType, metadata);
    world.say(work.name(), () -> "create " + uri + " " + result);
    if (result instanceof CreateResult.Created) {
      invariants.reports().created(work, uri, metadata);
    }
    return result;
  }

  private ReadResult read(GcsUri uri, long maxBytes) {
    var stored = objects.get(uri);
    if (stored == null) {
      return new ReadResult.Missing();
    }
    return stored.object().bytes() > maxBytes
        ? new ReadResult.TooLarge(stored.object().bytes())
        : new ReadResult.Found(stored.object(), stored.content().clone());
  }

  /**
   * What Cloud Storage does for a writer without precondition: the worker never is one, but a
   * planted fault may be.
   */
  void overwrite(GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
    if (objects.remove(uri) != null) {
      invariants.reports().overwritten(Work.current(), uri);
    }
    var _ = create(uri, content, contentType, metadata);
  }

  private static StepException fault(ErrorCode code) {
    return new StepException(StepError.of(code, "the object store is unavailable"));
  }

  /** What a process has of it. */
  final class Client implements ArtifactStore {
    private final Network network;

    Client(Network network) {
      this.network = network;
    }

    @Override
    public Optional<StoredObject> find(GcsUri uri) {
      return ask(uri, () -> Optional.ofNullable(objects.get(uri)).map(Stored::object));
    }

    @Override
    public ReadResult read(GcsUri uri, long maxBytes) {
      return ask(uri, () -> SimulatedStorage.this.read(uri, maxBytes));
    }

    @Override
    public CreateResult create(
        GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
      var work = Work.current();
      invariants.calls().uses(work, uri);
      invariants.calls().writesReport(work, uri);
      network.process().checkpoint();
      var there = there();
      Supplier<CreateResult> server = () -> createFor(work, uri, content, contentType, metadata);
      if (faults.strikes(Fault.STORAGE_UNAVAILABLE)) {
        work.objectFault();
        throw network.refused(there, fault(ErrorCode.GCS_WRITE_FAILED));
      }
      if (faults.strikes(Fault.STORAGE_RATE_LIMITED)) {
        work.objectFault();
        return network.request(there, CreateResult.AlreadyExists::new);
      }
      if (faults.strikes(Fault.STORAGE_ANSWER_LOST)) {
        work.objectFault();
        throw network.unknown(
            there,
            () -> createFor(work, uri, content, contentType, metadata),
            there.plus(network.way()),
            fault(ErrorCode.GCS_WRITE_FAILED));
      }
      if (faults.strikes(Fault.STORAGE_RETRIED)) {
        world.after(there, () -> createFor(work, uri, content, contentType, metadata));
        return network.request(there.plus(Duration.ofMillis(500)), server);
      }
      return network.request(there, server);
    }

    SimulatedStorage server() {
      return SimulatedStorage.this;
    }

    private <T> T ask(GcsUri uri, Supplier<T> answer) {
      var work = Work.current();
      invariants.calls().uses(work, uri);
      network.process().checkpoint();
      if (faults.strikes(Fault.STORAGE_UNAVAILABLE)) {
        work.objectFault();
        throw network.refused(network.way(), fault(ErrorCode.GCS_READ_FAILED));
      }
      return network.request(
          there(),
          () -> {
            world.say(work.name(), () -> "read " + uri);
            return answer.get();
          });
    }

    private Duration there() {
      return faults.strikes(Fault.STORAGE_SLOW)
          ? world.between(Duration.ofSeconds(1), Duration.ofSeconds(20))
          : network.way();
    }
  }
}

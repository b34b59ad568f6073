package io.tda.worker.emulator.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tda.worker.emulator.storage.Conditions.Verdict;
import io.tda.worker.emulator.storage.StoredBlob.Body;
import io.tda.worker.emulator.storage.StoredBlob.ObjectId;
import io.tda.worker.emulator.storage.StoredBlob.Version;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The buckets and their objects: the latest generation of each, every change atomic. */
final class ObjectTable {
  private final Map<String, NavigableMap<String, StoredBlob>> buckets = new HashMap<>();
  private final InstantSource clock;
  private long lastGeneration;

  ObjectTable(InstantSource clock) {
    this.clock = clock;
  }

  /** What became of a request for one object. */
  sealed interface Outcome {

    /** It was done, and this is the object as it is, or was before its removal. */
    record Done(StoredBlob blob) implements Outcome {}

    /** There is no such bucket, object or generation. */
    record Absent() implements Outcome {}

    /** A precondition does not hold; nothing changed. */
    record Refused() implements Outcome {}

    /** The caller has this generation already. */
    record Unchanged() implements Outcome {}
  }

  /** Whether the bucket is new. */
  synchronized boolean createBucket(String name) {
    return buckets.putIfAbsent(name, new TreeMap<>()) == null;
  }

  synchronized boolean hasBucket(String name) {
    return buckets.containsKey(name);
  }

  /** The objects whose names start with the prefix, by name. */
  synchronized List<StoredBlob> list(String bucket, String prefix) {
    return objects(bucket).tailMap(prefix).values().stream()
        .takeWhile(blob -> blob.id().name().startsWith(prefix))
        .toList();
  }

  synchronized Outcome insert(ObjectId id, Conditions conditions, Body body) {
    if (!hasBucket(id.bucket())) {
      return new Outcome.Absent();
    }
    if (conditions.judge(version(objects(id.bucket()).get(id.name()))) != Verdict.MET) {
      return new Outcome.Refused();
    }
    var now = clock.instant();
    // Cloud Storage counts in microseconds as well; never twice the same.
    lastGeneration = Math.max(lastGeneration + 1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    return put(new StoredBlob(id, new Version(lastGeneration, 1, now, now), body));
  }

  synchronized Outcome find(ObjectId id, @Nullable Long generation, Conditions conditions) {
    var current = objects(id.bucket()).get(id.name());
    if (current == null || (generation != null && generation != current.version().generation())) {
      return new Outcome.Absent();
    }
    return switch (conditions.judge(current.version())) {
      case MET -> new Outcome.Done(current);
      case FAILED -> new Outcome.Refused();
      case UNCHANGED -> new Outcome.Unchanged();
    };
  }

  /** Changes properties and keeps the content: the generation stays, the metageneration counts. */
  synchronized Outcome patch(
      ObjectId id, @Nullable Long generation, Conditions conditions, ObjectNode changes) {
    if (!(find(id, generation, conditions) instanceof Outcome.Done(var found))) {
      return refusal(find(id, generation, conditions));
    }
    var old = found.version();
    var version =
        new Version(old.generation(), old.metageneration() + 1, old.created(), clock.instant());
    var properties = PropertiesPatch.apply(found.body().properties(), changes);
    return put(new StoredBlob(id, version, new Body(properties, found.body().content())));
  }

  synchronized Outcome delete(ObjectId id, @Nullable Long generation, Conditions conditions) {
    var outcome = find(id, generation, conditions);
    if (outcome instanceof Outcome.Done) {
      objects(id.bucket()).remove(id.name());
    }
    return refusal(outcome);
  }

  private static Outcome refusal(Outcome outcome) {
    // "Not this one" spares a reader the content, but stops a change.
    return outcome instanceof Outcome.Unchanged ? new Outcome.Refused() : outcome;
  }

  private Outcome put(StoredBlob blob) {
    objects(blob.id().bucket()).put(blob.id().name(), blob);
    return new Outcome.Done(blob);
  }

  private NavigableMap<String, StoredBlob> objects(String bucket) {
    return buckets.getOrDefault(bucket, new TreeMap<>());
  }

  private static @Nullable Version version(@Nullable StoredBlob blob) {
    return blob == null ? null : blob.version();
  }
}

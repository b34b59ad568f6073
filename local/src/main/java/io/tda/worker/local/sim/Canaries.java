package io.tda.worker.local.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tda.worker.message.StepClaimed;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks for prompts, payloads and model output outside their places: I7. */
final class Canaries {
  private final World world;

  Canaries(World world) {
    this.world = world;
  }

  void logged(String event, Map<String, Object> fields) {
    if (isIn(fields)) {
      world.violated(new Violation(Invariant.I7, null, "in the log event " + event));
    }
  }

  void published(StepClaimed message, byte[] data) {
    if (new String(data, UTF_8).contains(Canary.MARK)) {
      found(Invariants.subject(message.claim().step()), "in a message");
    }
  }

  /** Something that the worker has written into a document. */
  void stored(String subject, @Nullable Object value) {
    if (isIn(value)) {
      found(subject, "in a document that the worker wrote");
    }
  }

  void named(String subject, String name, Map<String, String> metadata) {
    if (name.contains(Canary.MARK) || isIn(metadata)) {
      found(subject, "in an object's name or metadata");
    }
  }

  private void found(String subject, String where) {
    world.violated(new Violation(Invariant.I7, subject, where));
  }

  private static boolean isIn(@Nullable Object value) {
    return switch (value) {
      case String text -> text.contains(Canary.MARK);
      case Map<?, ?> map ->
          map.entrySet().stream().anyMatch(it -> isIn(it.getKey()) || isIn(it.getValue()));
      case Collection<?> list -> list.stream().anyMatch(Canaries::isIn);
      case null, default -> false;
    };
  }
}

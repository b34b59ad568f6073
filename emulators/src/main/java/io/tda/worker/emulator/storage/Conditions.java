package io.tda.worker.emulator.storage;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The preconditions of a request: the generation 0 stands for "there is no such object". */
record Conditions(
    @Nullable Long generation,
    @Nullable Long notGeneration,
    @Nullable Long metageneration,
    @Nullable Long notMetageneration) {

  /** What the preconditions say of an object. */
  enum Verdict {
    MET,
    FAILED,
    /** Only "not this one" failed: a reader has it already. */
    UNCHANGED
  }

  static Conditions of(Map<String, String> query) {
    return new Conditions(
        number(query, "ifGenerationMatch"),
        number(query, "ifGenerationNotMatch"),
        number(query, "ifMetagenerationMatch"),
        number(query, "ifMetagenerationNotMatch"));
  }

  /**
   * Judges an object.
   *
   * @param current null where there is none
   */
  Verdict judge(StoredBlob.@Nullable Version current) {
    long actual = current == null ? 0 : current.generation();
    long actualMeta = current == null ? 0 : current.metageneration();
    if (differs(generation, actual) || differs(metageneration, actualMeta)) {
      return Verdict.FAILED;
    }
    boolean same =
        (notGeneration != null && notGeneration == actual)
            || (notMetageneration != null && notMetageneration == actualMeta);
    return same ? Verdict.UNCHANGED : Verdict.MET;
  }

  private static boolean differs(@Nullable Long wanted, long actual) {
    return wanted != null && wanted != actual;
  }

  private static @Nullable Long number(Map<String, String> query, String name) {
    var text = query.get(name);
    return text == null ? null : Long.valueOf(text);
  }
}

package io.tda.worker.llm;

import io.tda.worker.flow.Violation;
import io.tda.worker.llm.LLMProfile.Sampling;
import io.tda.worker.llm.LLMProfile.Thinking;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a step's request profile against the list of known keys.
 *
 * <p>{@code responseMimeType} and {@code candidateCount} may be absent: every request asks for one
 * candidate of JSON, so there is no other value that could be meant, and none is added to the
 * profile. {@code modelName} and {@code structuredOutput.schemaId} must be there.
 */
public final class LLMProfileParser {
  private static final String POINTER = "/inputs/llm/llmProfile";
  private static final int MAX_STOP_SEQUENCES = 5;

  /** The name becomes part of a URL, of a file name and of a metric's label. */
  private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@:-]{0,255}");

  private final Predicate<String> allowedModels;

  /**
   * @param allowedModels which models the deployment may pay for
   */
  public LLMProfileParser(Predicate<String> allowedModels) {
    this.allowedModels = allowedModels;
  }

  /** What became of a profile. */
  public sealed interface Result {

    /**
     * It can be used.
     *
     * @param ignoredKeys names of keys that are not known, such as {@code "labels"} or {@code
     *     "thinkingConfig/depth"}, sorted within their level
     */
    record Valid(LLMProfile profile, List<String> ignoredKeys) implements Result {
      public Valid {
        ignoredKeys = List.copyOf(ignoredKeys);
      }
    }

    /** It cannot; everything that is wrong with it, with pointers from the step. */
    record Invalid(List<Violation> violations) implements Result {
      public Invalid {
        violations = List.copyOf(violations);
      }
    }
  }

  /** Reads {@code inputs.llm.llmProfile}. */
  public Result parse(Map<String, Object> data) {
    var violations = new ArrayList<Violation>();
    var fields = new ProfileFields(POINTER, data, violations);
    var ignored = new ArrayList<String>();
    var modelName = modelName(fields);
    var sampling = sampling(fields);
    fields.value("candidateCount", Number.class, "must be 1", n -> n.doubleValue() == 1.0);
    fields.value(
        "responseMimeType",
        String.class,
        "must be application/json",
        type -> type.equals("application/json"));
    var thinking = thinking(fields, ignored);
    var structuredOutput = structuredOutput(fields, ignored);
    if (modelName == null || structuredOutput == null || !violations.isEmpty()) {
      return new Result.Invalid(violations);
    }
    ignored.addAll(0, fields.ignored());
    return new Result.Valid(
        new LLMProfile(modelName, sampling, thinking, structuredOutput, fields.snapshot()),
        ignored);
  }

  private @Nullable String modelName(ProfileFields fields) {
    var modelName = modelName(fields, "modelName");
    var model = modelName(fields, "model");
    if (modelName != null && model != null && !modelName.equals(model)) {
      fields.violation("model", "must equal modelName where both are given");
    } else if (modelName == null && model == null) {
      // A name of the wrong form was reported as such, and is in the snapshot.
      if (!fields.snapshot().containsKey("modelName") && !fields.snapshot().containsKey("model")) {
        fields.violation("modelName", "must be given");
      }
    }
    return modelName != null ? modelName : model;
  }

  private @Nullable String modelName(ProfileFields fields, String key) {
    var name =
        fields.value(
            key,
            String.class,
            "must be the name of a model",
            text -> MODEL.matcher(text).matches() && !text.contains(".."));
    if (name != null && !allowedModels.test(name)) {
      fields.violation(key, "must be an allowed model");
    }
    return name;
  }

  private static Sampling sampling(ProfileFields fields) {
    return new Sampling(
        fields.number("temperature", 0, 2),
        fields.number("topP", 0, 1),
        fields.integer("topK", 1),
        fields.integer("maxOutputTokens", 1),
        stopSequences(fields),
        fields.integer("seed", Integer.MIN_VALUE));
  }

  private static List<String> stopSequences(ProfileFields fields) {
    var sequences =
        fields.value(
            "stopSequences",
            List.class,
            "must be a list of at most " + MAX_STOP_SEQUENCES + " strings that are not empty",
            list -> list.size() <= MAX_STOP_SEQUENCES && areTexts(list));
    return sequences == null ? List.of() : texts(sequences);
  }

  private static boolean areTexts(List<?> list) {
    return list.stream().allMatch(element -> element instanceof String text && !text.isEmpty());
  }

  private static List<String> texts(List<?> list) {
    return list.stream().map(String.class::cast).toList();
  }

  /** Levels and budgets differ from model to model: only their types are checked. */
  private static @Nullable Thinking thinking(ProfileFields fields, List<String> ignored) {
    var level = fields.level("thinkingConfig");
    if (level == null) {
      return null;
    }
    var thinking =
        new Thinking(
            level.value("includeThoughts", Boolean.class, "must be true or false", _ -> true),
            level.value(
                "thinkingLevel",
                String.class,
                "must be a string that is not blank",
                text -> !text.isBlank()),
            level.integer("thinkingBudget", Integer.MIN_VALUE));
    keep(fields, "thinkingConfig", level, ignored);
    return thinking;
  }

  private static @Nullable StructuredOutputSpec structuredOutput(
      ProfileFields fields, List<String> ignored) {
    var level = fields.level("structuredOutput");
    if (level == null) {
      if (!fields.snapshot().containsKey("structuredOutput")) {
        fields.violation("structuredOutput", "must be given");
      }
      return null;
    }
    var schemaId =
        level.value("schemaId", String.class, SchemaId.RULE, id -> SchemaId.parse(id).isPresent());
    if (!level.snapshot().containsKey("schemaId")) {
      level.violation("schemaId", "must be given");
    }
    var kind = level.value("kind", String.class, "must be a string", _ -> true);
    var sha256 = level.value("schemaSha256", String.class, "must be a string", _ -> true);
    keep(fields, "structuredOutput", level, ignored);
    return schemaId == null ? null : new StructuredOutputSpec(schemaId, kind, sha256);
  }

  private static void keep(
      ProfileFields fields, String key, ProfileFields level, List<String> ignored) {
    fields.keep(key, level);
    level.ignored().forEach(name -> ignored.add(key + "/" + name));
  }
}

package io.tda.worker.local;

import io.tda.worker.json.CanonicalJson;
import io.tda.worker.llm.SchemaLint;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Helps authors of output schemas. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Looks at an output schema before it is stored.",
    synopsisSubcommandLabel = "(lint | sha256)")
final class SchemaCommand {
  @Spec private CommandSpec spec;

  @Command(
      name = "lint",
      mixinStandardHelpOptions = true,
      description = {
        "Shows what is wrong with a schema, what the provider would refuse, and what it is not told.",
        "FILE is a document of llm_schemas, or a bare JSON Schema."
      })
  int lint(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--projection", description = "print the schema as the provider gets it")
          boolean showProjection) {
    var lint = SchemaLint.of(InputFiles.json(file));
    var out = spec.commandLine().getOut();
    lint.lines().forEach(out::println);
    if (showProjection && lint.projection() != null) {
      out.println(lint.projection().schema().toPrettyString());
    }
    out.println(lint.isUsable() ? "usable" : "not usable");
    return (lint.isUsable() ? ExitCode.OK : ExitCode.BAD_INPUT).code();
  }

  @Command(
      name = "sha256",
      mixinStandardHelpOptions = true,
      description = {
        "Prints the SHA-256 of the schema's canonical JSON.",
        "FILE is a document of llm_schemas, or a bare JSON Schema."
      })
  int sha256(@Parameters(paramLabel = "FILE") Path file) {
    var document = InputFiles.object(file);
    var schema = document.has("jsonSchema") ? document.get("jsonSchema") : document;
    spec.commandLine().getOut().println(CanonicalJson.sha256(schema));
    return ExitCode.OK.code();
  }
}

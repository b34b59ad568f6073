package io.tda.worker.infra.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HclReaderTest {
  @Test
  void read_findsArgumentsAndBlocks() {
    Body body =
        HclReader.read(
            """
            # a comment
            resource "type" "name" { // another
              count = 2 /* and
              another */
              text  = "a } \\" ${var.x["}"]} b"

              dynamic "env" {
                for_each = { for k, v in var.env : k => v }
                content { name = env.key }
              }
            }
            """);
    Body resource = body.at("resource").orElseThrow();
    assertThat(body.blocks().getFirst().name()).isEqualTo("type.name");
    assertThat(resource.arguments())
        .containsEntry("count", "2")
        .containsEntry("text", "\"a } \\\" ${var.x[\"}\"]} b\"");
    assertThat(resource.at("env").orElseThrow().text("name")).isEqualTo("env.key");
  }

  @Test
  void read_keepsExpressionsOverSeveralLines() {
    Body body =
        HclReader.read(
            """
            a = merge(
              { x = 1 }, # why
              var.y,
            )
            b = <<-END
              text }
            END
            c = 3
            """);
    assertThat(body.text("a")).startsWith("merge(").endsWith(")").doesNotContain("why");
    assertThat(body.text("b")).contains("text }");
    assertThat(body.text("c")).isEqualTo("3");
  }

  @Test
  void read_refuses_whatIsNotClosed() {
    assertThatIllegalArgumentException().isThrownBy(() -> HclReader.read("a {\n b = 1\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> HclReader.read("a = 1\na = 2\n"));
    assertThatIllegalArgumentException().isThrownBy(() -> HclReader.read("}\n"));
  }

  @Test
  void constant_isRead_whereNothingHasToBeEvaluated() {
    assertThat(Constant.of("{ a = [1, \"x ${v}\"], \"b\" = true }"))
        .contains(Map.of("a", List.of(new BigDecimal(1), "x ${v}"), "b", true));
    assertThat(Constant.of("var.x")).isEmpty();
    assertThat(Constant.of("1 + 2")).isEmpty();
    assertThat(Constant.of("[var.x]")).isEmpty();
  }
}

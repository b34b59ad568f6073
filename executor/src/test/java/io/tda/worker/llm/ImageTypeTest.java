package io.tda.worker.llm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTypeTest {

  @Test
  void of_knowsTheMagicNumbers() {
    assertThat(ImageType.of(bytes("\u0089PNG\r\n\u001a\n…"))).contains(ImageType.PNG);
    assertThat(ImageType.of(bytes("\u00ff\u00d8\u00ff\u00e0"))).contains(ImageType.JPEG);
    assertThat(ImageType.of(bytes("RIFF\u0000\u0001\u0002\u0003WEBPVP8 ")))
        .contains(ImageType.WEBP);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0089PNG",
        "\u0089PNG\n\u001a\n\n",
        "GIF89a",
        "RIFF\u0000\u0001\u0002\u0003WAVE",
        "RIFFWEBP",
        "XIFF\u0000\u0001\u0002\u0003WEBP",
        "<svg/>",
        "%PDF-1.7"
      })
  void of_refusesEverythingElse(String content) {
    assertThat(ImageType.of(bytes(content))).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}

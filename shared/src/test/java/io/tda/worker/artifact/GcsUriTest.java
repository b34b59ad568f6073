package io.tda.worker.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsUriTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gs://bucket/object",
        "gs://bucket/a/b/c.json",
        "gs://my-bucket.example.com/x",
        "gs://my_bucket/run/4h/llm:4h:v1.json",
        "gs://bucket/with space/%41+#?x=1&y/äöü/📈.png",
        "gs://bucket/..a/a../.b/c.",
        "gs://b0b/x"
      })
  void parse_takesAnObjectsUri_andGivesItBack(String text) {
    assertThat(GcsUri.parse(text)).hasValueSatisfying(uri -> assertThat(uri).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bucket/object",
        "/bucket/object",
        "gs:/bucket/object",
        "gs://",
        "gs://bucket",
        "gs://bucket/",
        "gs:///object",
        "GS://bucket/object",
        "http://bucket/object",
        "https://storage.googleapis.com/bucket/object",
        "https://storage.googleapis.com/b/o?X-Goog-Signature=00",
        "gs://bucket/o?X-Goog-Signature=00",
        "gs://bucket/o?Expires=1&Signature=00",
        " gs://bucket/object"
      })
  void parse_refusesWhatNamesNoObject(String text) {
    assertThat(GcsUri.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gs://bucket//a",
        "gs://bucket/a//b",
        "gs://bucket/a/",
        "gs://bucket/.",
        "gs://bucket/..",
        "gs://bucket/../other/x",
        "gs://bucket/a/../b",
        "gs://bucket/a/./b",
        "gs://bucket/a/.."
      })
  void parse_refusesNamesThatAreNoPathOfTheirOwn(String text) {
    assertThat(GcsUri.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u0000", "\u007f", "\u0085", "\r"})
  void parse_refusesControlCharacters(String character) {
    assertThat(GcsUri.parse("gs://bucket/a" + character + "b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(chars = {'\ud83d', '\udcc8'})
  void parse_refusesHalfOfASurrogatePair(char half) {
    assertThat(GcsUri.parse("gs://bucket/a" + half)).isEmpty();
  }

  @Test
  void parse_takes1024BytesAndNotOneMore() {
    assertThat(GcsUri.parse("gs://bucket/" + "ä".repeat(512))).isPresent();
    assertThat(GcsUri.parse("gs://bucket/" + "ä".repeat(512) + "x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "a-b", "a_b", "1a2", "a.b.c", "a--b"})
  void isBucketName_takesWhatCloudStorageTakes(String name) {
    assertThat(GcsUri.isBucketName(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "Abc",
        "-abc",
        "abc-",
        "_abc",
        ".abc",
        "abc.",
        "a..b",
        "a.-b",
        "a b",
        "a/b",
        "192.168.5.4",
        "äbc",
        "abc\n"
      })
  void isBucketName_refusesTheRest(String name) {
    assertThat(GcsUri.isBucketName(name)).isFalse();
  }

  @Test
  void isBucketName_limitsEachPartTo63_andAllTo222() {
    var part = "a".repeat(63);

    assertThat(GcsUri.isBucketName(part)).isTrue();
    assertThat(GcsUri.isBucketName(part + "a")).isFalse();
    assertThat(GcsUri.isBucketName(String.join(".", part, part, part, "a".repeat(30)))).isTrue();
    assertThat(GcsUri.isBucketName(String.join(".", part, part, part, "a".repeat(31)))).isFalse();
  }

  @Test
  void new_namesTheRuleAndNotTheValue() {
    assertThatThrownBy(() -> new GcsUri("bucket", "CANARY-SECRET-0001/"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(GcsUri.RULE)
        .hasMessageNotContaining("CANARY");
  }
}

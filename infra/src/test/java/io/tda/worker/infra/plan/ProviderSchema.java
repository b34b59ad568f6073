package io.tda.worker.infra.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.Map;

/**
 * The arguments of the resources we use, in the messages of Terraform's plugin protocol, version 5.
 * The numbers are the protocol's field numbers.
 */
final class ProviderSchema {
  private static final int NESTED_LIST = 2;
  private static final int NESTED_SET = 3;

  private ProviderSchema() {}

  /** The answer to GetSchema. */
  static byte[] response(JsonNode arguments) {
    UnknownFieldSet.Builder response = UnknownFieldSet.newBuilder();
    response.mergeField(1, message(schema(arguments.path("provider"))));
    arguments
        .path("resources")
        .properties()
        .forEach(resource -> response.mergeField(2, entry(resource)));
    arguments.path("data").properties().forEach(source -> response.mergeField(3, entry(source)));
    return response.build().toByteArray();
  }

  private static Field entry(Map.Entry<String, JsonNode> named) {
    return message(
        UnknownFieldSet.newBuilder()
            .addField(1, text(named.getKey()))
            .addField(2, message(schema(named.getValue()))));
  }

  private static UnknownFieldSet.Builder schema(JsonNode block) {
    return UnknownFieldSet.newBuilder().addField(2, message(block(block)));
  }

  private static UnknownFieldSet.Builder block(JsonNode block) {
    UnknownFieldSet.Builder message = UnknownFieldSet.newBuilder();
    block
        .path("attributes")
        .properties()
        .forEach(attribute -> message.mergeField(2, message(attribute(attribute))));
    block
        .path("blocks")
        .properties()
        .forEach(nested -> message.mergeField(3, message(nested(nested))));
    return message;
  }

  private static UnknownFieldSet.Builder attribute(Map.Entry<String, JsonNode> attribute) {
    String use = attribute.getValue().path(1).asText();
    return UnknownFieldSet.newBuilder()
        .addField(1, text(attribute.getKey()))
        .addField(2, text(attribute.getValue().path(0).toString()))
        .addField(4, flag(use.contains("r")))
        .addField(5, flag(use.contains("o")))
        .addField(6, flag(use.contains("c")));
  }

  private static UnknownFieldSet.Builder nested(Map.Entry<String, JsonNode> nested) {
    JsonNode block = nested.getValue();
    return UnknownFieldSet.newBuilder()
        .addField(1, text(nested.getKey()))
        .addField(2, message(block(block)))
        .addField(3, number(block.path("kind").asText().equals("set") ? NESTED_SET : NESTED_LIST))
        .addField(4, number(block.path("min").asInt()))
        .addField(5, number(block.path("max").asInt()));
  }

  private static Field message(UnknownFieldSet.Builder message) {
    return Field.newBuilder().addLengthDelimited(message.build().toByteString()).build();
  }

  private static Field text(String text) {
    return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
  }

  private static Field flag(boolean flag) {
    return number(flag ? 1 : 0);
  }

  private static Field number(long number) {
    return Field.newBuilder().addVarint(number).build();
  }
}

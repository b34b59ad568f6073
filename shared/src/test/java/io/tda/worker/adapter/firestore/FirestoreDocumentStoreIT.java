package io.tda.worker.adapter.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tda.worker.flow.StepException;
import io.tda.worker.store.DocumentRef;
import io.tda.worker.store.DocumentStore;
import io.tda.worker.store.DocumentStoreContract;
import io.tda.worker.store.Precondition;
import io.tda.worker.store.Write;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FirestoreDocumentStoreIT extends DocumentStoreContract {
  private static @Nullable FirestoreDocumentStore store;

  @BeforeAll
  static void connect() {
    store = FirestoreEmulator.connect();
  }

  @AfterAll
  static void disconnect() {
    if (store != null) {
      store.close();
    }
  }

  @Override
  protected DocumentStore store() {
    return Objects.requireNonNull(store);
  }

  @Test
  void commit_failsForGood_andSaysNothingOfTheContent_whenADocumentIsTooLarge() {
    var data = Map.<String, Object>of("text", "CANARY-PROMPT-PHRASE ".repeat(60_000));
    var ref = new DocumentRef("too-large", "a");
    var write = new Write.Set(ref, data, new Precondition.None());

    assertThatThrownBy(() -> store().commit(List.of(write)))
        .isInstanceOfSatisfying(
            StepException.class, fault -> assertThat(fault.error().retryable()).isFalse())
        .hasMessage("FIRESTORE_UNAVAILABLE: Firestore commit failed");
  }
}

package io.tda.worker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No call more than a step needs, and none waits that need not. */
final class RoundTripMeasurementTest {
  @Test
  void aStep_makesTheUnavoidableCalls_andNoMore() throws Exception {
    var figures =
        new RoundTripMeasurement()
            .take(Effort.QUICK).stream()
                .collect(
                    Collectors.toMap(
                        figure -> figure.subject() + ": " + figure.measure(), Figure::value));
    assertThat(figures)
        .containsEntry("dispatcher: in a row", 2.0)
        .containsEntry("dispatcher, DocumentStore.commit: calls", 1.0)
        .containsEntry("dispatcher, StepPublisher.publish: calls", 1.0)
        // Run and lease at once; the lease, and at once with it the manifest; the images it names.
        .containsEntry("executor, before the model: in a row", 3.0)
        .containsEntry("executor, after the model: in a row", 2.0)
        .containsEntry("executor, DocumentStore.getAll: calls", 1.0)
        .containsEntry("executor, DocumentStore.commit: calls", 2.0)
        .containsEntry("executor, ArtifactStore.content: calls", 5.0)
        .containsEntry("executor, ArtifactStore.find: calls", 1.0)
        .containsEntry("executor, ArtifactStore.create: calls", 1.0)
        .hasSize(10);
  }
}

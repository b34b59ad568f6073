package io.tda.worker.bench.image;

import io.tda.worker.bench.image.Training.Work;
import io.tda.worker.bench.stack.ServiceApp;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a service starts from its image's layout, on one processor.
 *
 * @param plainMillis from the start of a plain JVM to the end of the first event, median
 * @param cachedMillis the same with the images' flags and cache, median
 * @param rssBytes with the cache, after the first event
 * @param rssBytesLater with the cache, after all events
 */
record ImageCheck(
    String service,
    double plainMillis,
    double cachedMillis,
    long rssBytes,
    long rssBytesLater,
    int events,
    long cacheBytes) {

  /** How much is tried. */
  enum Effort {
    QUICK(1, 20),
    FULL(7, 1_000);

    private final int starts;
    private final int events;

    Effort(int starts, int events) {
      this.starts = starts;
      this.events = events;
    }
  }

  /**
   * Trains the cache, and starts the service both ways in turns, so that a slow moment of the
   * machine meets both.
   *
   * @throws IllegalStateException where the service does not start from its cache, or does not do
   *     its work
   */
  static ImageCheck of(ServiceApp app, DoubleCloud cloud, Effort effort) throws Exception {
    var cache = Training.train(app, cloud);
    var work = Work.of(app, cloud);
    var plain = new ArrayList<StartUp>();
    var cached = new ArrayList<StartUp>();
    for (int i = 0; i < effort.starts; i++) {
      plain.add(StartUp.of(app, StartUp.plain(), cloud.environment(), work, 1));
      cached.add(StartUp.of(app, StartUp.cached(app), cloud.environment(), work, 1));
    }
    var later = StartUp.of(app, StartUp.cached(app), cloud.environment(), work, effort.events);
    return new ImageCheck(
        app.name(),
        median(plain),
        median(cached),
        cached.getLast().rssBytes(),
        later.rssBytes(),
        effort.events,
        Files.size(cache));
  }

  /** The cached start's share of the plain one's time. */
  double ratio() {
    return cachedMillis / plainMillis;
  }

  long rssMebibytes() {
    return rssBytesLater >> 20;
  }

  /** For a person. */
  List<String> lines() {
    return List.of(
        String.format(
            Locale.ROOT,
            "%s: start to the end of the first event, 1 CPU: plain %.0f ms, AOT cache %.0f ms (%.2f)",
            service,
            plainMillis,
            cachedMillis,
            ratio()),
        String.format(
            Locale.ROOT,
            "%s: resident %d MiB after 1 event, %d MiB after %,d; cache of %d MiB",
            service,
            rssBytes >> 20,
            rssMebibytes(),
            events,
            cacheBytes >> 20));
  }

  private static double median(List<StartUp> starts) {
    var sorted = starts.stream().map(StartUp::firstEventMillis).sorted().toList();
    return sorted.get(sorted.size() / 2);
  }
}

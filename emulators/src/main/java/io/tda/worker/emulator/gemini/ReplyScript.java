package io.tda.worker.emulator.gemini;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** The replies that wait for requests, in the order in which they were ordered. */
final class ReplyScript {
  private final List<Entry> waiting = new ArrayList<>();

  private record Entry(Predicate<ModelCall> which, ModelReply reply) {}

  synchronized void add(Predicate<ModelCall> which, List<ModelReply> replies) {
    replies.forEach(reply -> waiting.add(new Entry(which, reply)));
  }

  /** The first reply that waits for such a request; a valid answer where there is none. */
  synchronized ModelReply take(ModelCall call) {
    for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext(); ) {
      var entry = entries.next();
      if (entry.which().test(call)) {
        entries.remove();
        return entry.reply();
      }
    }
    return new ModelReply.Valid();
  }
}

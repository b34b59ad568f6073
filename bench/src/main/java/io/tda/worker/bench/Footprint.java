package io.tda.worker.bench;

import io.tda.worker.bench.stack.ServiceProcess;

/** What the two services hold: bytes in their heaps after a collection, and threads. */
record Footprint(
    long dispatcherHeap, long executorHeap, long dispatcherThreads, long executorThreads) {

  static Footprint of(Stack stack) {
    return new Footprint(
        heap(stack.dispatcher()),
        heap(stack.executor()),
        stack.dispatcher().threads(),
        stack.executor().threads());
  }

  private static long heap(ServiceProcess service) {
    Diagnostics.collect(service);
    return Diagnostics.heapUsed(service);
  }
}

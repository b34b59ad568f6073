package io.tda.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Where figures were taken, and what else went on there. */
record Machine(int processors, long memoryGiB, String system, String java, double otherLoad) {

  /** This machine, as it is now. */
  static Machine here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        system.getAvailableProcessors(),
        Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
        system.getName() + " " + system.getArch(),
        System.getProperty("java.vendor.version", System.getProperty("java.version")),
        Math.max(0, system.getSystemLoadAverage()));
  }
}

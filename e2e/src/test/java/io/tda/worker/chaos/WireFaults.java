package io.tda.worker.chaos;

import java.util.Random;

/**
 * How often a connection breaks: before what was sent arrives, or after it was done and before its
 * answer is back.
 *
 * @param lostRequests the chance of each piece of a request
 * @param lostAnswers the chance of each piece of an answer
 */
record WireFaults(double lostRequests, double lostAnswers, Random random) {
  static final WireFaults NONE = new WireFaults(0, 0, new Random(0));

  boolean strike(Wire.Way way) {
    double chance =
        switch (way) {
          case REQUESTS -> lostRequests;
          case ANSWERS -> lostAnswers;
        };
    return chance > 0 && random.nextDouble() < chance;
  }
}

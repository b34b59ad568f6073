package io.tda.worker.id;

import java.time.InstantSource;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes claim ids: UUIDv7 (RFC 9562), so that they sort by time in logs.
 *
 * <p>Clock and randomness are passed in, so that a simulation repeats.
 */
public final class ClaimIds {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT_RFC = 0x8000_0000_0000_0000L;

  private final InstantSource clock;
  private final RandomGenerator random;

  public ClaimIds(InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /** A new id: 48 bits of milliseconds, 74 bits of randomness. */
  public ClaimId next() {
    long high = (clock.millis() << 16) | VERSION_7 | (random.nextLong() & 0x0FFFL);
    long low = VARIANT_RFC | (random.nextLong() >>> 2);
    return new ClaimId(new UUID(high, low).toString());
  }
}

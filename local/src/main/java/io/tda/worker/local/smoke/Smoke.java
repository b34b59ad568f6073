package io.tda.worker.local.smoke;

import io.tda.worker.id.RunId;
import io.tda.worker.time.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs all cases at the same time: stores what they need, makes their steps READY, and looks until
 * each is as it has to be, or cannot be any more. At the end the log is read once more, for what
 * should not have come.
 */
public final class Smoke {
  private final SmokeData data;
  private final LogSource log;
  private final Surroundings surroundings;

  /** The most that was read of each run: a read that fails for the moment tells less. */
  private final Map<String, List<LoggedLine>> lines = new HashMap<>();

  /**
   * Time, which a test replaces.
   *
   * @param timeout of all cases together, storing included
   */
  public record Surroundings(InstantSource clock, Sleeper sleeper, Duration timeout) {}

  public Smoke(SmokeData data, LogSource log, Surroundings surroundings) {
    this.data = data;
    this.log = log;
    this.surroundings = surroundings;
  }

  /**
   * How a case went.
   *
   * @param took from the moment when its step became READY
   * @param findings none where all is well
   */
  public record Verdict(SmokeCase smokeCase, Duration took, List<Finding> findings) {
    /** Copies the list. */
    public Verdict {
      findings = List.copyOf(findings);
    }

    public boolean isGood() {
      return findings.isEmpty();
    }
  }

  /** A case that is under way. */
  private static final class Watched {
    private final SmokeCase smokeCase;
    private final Instant begun;
    private Instant ended = Instant.MAX;

    Watched(SmokeCase smokeCase, Instant begun) {
      this.smokeCase = smokeCase;
      this.begun = begun;
    }
  }

  /** Runs the cases; the verdicts come in their order. */
  public List<Verdict> run(List<SmokeCase> cases) {
    var deadline = now().plus(surroundings.timeout());
    var open = new ArrayList<Watched>();
    for (var each : cases) {
      data.store(each);
      data.trigger(each);
      open.add(new Watched(each, now()));
    }
    var runs = open.stream().map(it -> it.smokeCase.step().runId()).collect(Collectors.toSet());
    var verdicts = new LinkedHashMap<SmokeCase, Verdict>();
    while (true) {
      read(runs);
      open.removeIf(watched -> isDecided(watched, deadline, verdicts));
      if (open.isEmpty()) {
        read(runs);
        return cases.stream().map(verdicts::get).map(this::lookedAtAgain).toList();
      }
      surroundings.sleeper().sleep(log.pause());
    }
  }

  private boolean isDecided(Watched watched, Instant deadline, Map<SmokeCase, Verdict> verdicts) {
    var observed = observed(watched.smokeCase);
    var findings = new ArrayList<>(SmokeCheck.findings(watched.smokeCase.expected(), observed));
    var now = now();
    if (observed.hasEnded() && watched.ended.equals(Instant.MAX)) {
      watched.ended = now;
    }
    var late = !now.isBefore(deadline);
    var silent = observed.hasEnded() && !now.isBefore(watched.ended.plus(log.patience()));
    if (!findings.isEmpty() && !late && !silent) {
      return false;
    }
    if (!findings.isEmpty() && late) {
      findings.addFirst(new Finding("time", "not done after " + seconds(surroundings.timeout())));
    }
    var took = Duration.between(watched.begun, now);
    verdicts.put(watched.smokeCase, new Verdict(watched.smokeCase, took, findings));
    return true;
  }

  private Verdict lookedAtAgain(Verdict verdict) {
    var each = verdict.smokeCase();
    return verdict.isGood()
        ? new Verdict(each, verdict.took(), SmokeCheck.findings(each.expected(), observed(each)))
        : verdict;
  }

  private Observed observed(SmokeCase each) {
    return data.observe(each, lines.getOrDefault(each.step().runId().value(), List.of()));
  }

  private void read(Set<RunId> runs) {
    log.read(runs).stream()
        .collect(Collectors.groupingBy(LoggedLine::runId))
        .forEach((run, found) ->
            lines.merge(run, found, (old, now) -> now.size() < old.size() ? old : now));
  }

  private Instant now() {
    return surroundings.clock().instant();
  }

  private static String seconds(Duration duration) {
    return duration.toSeconds() + " s";
  }
}

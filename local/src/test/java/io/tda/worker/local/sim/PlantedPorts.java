package io.tda.worker.local.sim;

import io.tda.worker.artifact.ArtifactStore;
import io.tda.worker.artifact.CreateResult;
import io.tda.worker.artifact.GcsUri;
import io.tda.worker.artifact.ReadResult;
import io.tda.worker.artifact.StoredObject;
import io.tda.worker.dispatcher.StepPublisher;
import io.tda.worker.flow.Claim;
import io.tda.worker.flow.ClaimResult;
import io.tda.worker.flow.FinalizeResult;
import io.tda.worker.flow.FlowRun;
import io.tda.worker.flow.FlowRunRepository;
import io.tda.worker.flow.RunRead;
import io.tda.worker.flow.StepError;
import io.tda.worker.flow.StepException;
import io.tda.worker.flow.StepOutcome;
import io.tda.worker.id.RunId;
import io.tda.worker.id.StepKey;
import io.tda.worker.llm.LLMClient;
import io.tda.worker.llm.PromptRepository;
import io.tda.worker.log.EventLogger;
import io.tda.worker.log.IngressEvent.CloudEventReceived;
import io.tda.worker.message.StepClaimed;
import io.tda.worker.store.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ports that do more, or something else, than they should. */
final class PlantedPorts {
  private PlantedPorts() {}

  static Seams publishBeforeClaim() {
    return new Seams() {
      @Override
      public FlowRunRepository runs(FlowRunRepository runs, StepPublisher publisher) {
        return new EagerRuns(runs, publisher);
      }
    };
  }

  static Seams wrongCacheKey() {
    return new Seams() {
      @Override
      public PromptRepository prompts(PromptRepository prompts) {
        var cache = new ConcurrentHashMap<String, PromptRepository.PromptRead>();
        return id -> {
          var cached = cache.get("prompt");
          if (cached != null) {
            return cached;
          }
          var read = prompts.find(id);
          cache.put("prompt", read);
          return read;
        };
      }
    };
  }

  static Seams conflictIsSuccess() {
    return new Seams() {
      @Override
      public ArtifactStore artifacts(ArtifactStore artifacts) {
        return new PlantedArtifacts(artifacts) {
          @Override
          CreateResult exists(GcsUri uri, byte[] content, String type, Map<String, String> data) {
            return new CreateResult.Created(find(uri).map(StoredObject::generation).orElse(1L));
          }
        };
      }
    };
  }

  static Seams overwritesReport() {
    return new Seams() {
      @Override
      public ArtifactStore artifacts(ArtifactStore artifacts) {
        return new PlantedArtifacts(artifacts) {
          @Override
          CreateResult exists(GcsUri uri, byte[] content, String type, Map<String, String> data) {
            if (artifacts instanceof SimulatedStorage.Client client) {
              client.server().overwrite(uri, content, type, data);
            }
            return new CreateResult.Created(1);
          }

          @Override
          public Optional<StoredObject> find(GcsUri uri) {
            // Nor does it look for what an earlier attempt left behind.
            return Optional.empty();
          }
        };
      }
    };
  }

  static Seams repeatsCalls() {
    return new Seams() {
      @Override
      public LLMClient model(LLMClient model) {
        return (request, deadline, cancellation) -> {
          try {
            return model.generate(request, deadline, cancellation);
          } catch (StepException e) {
            return model.generate(request, deadline, cancellation);
          }
        };
      }
    };
  }

  static Seams outputInError() {
    return new Seams() {
      @Override
      public LLMClient model(LLMClient model) {
        return (request, deadline, cancellation) -> {
          try {
            return model.generate(request, deadline, cancellation);
          } catch (StepException e) {
            throw new StepException(
                StepError.of(
                    e.error().code(),
                    "the model API failed",
                    Map.of("answer", Canary.OUTPUT.text())));
          }
        };
      }
    };
  }

  static Seams promptInLog() {
    return new Seams() {
      @Override
      public EventLogger log(EventLogger log) {
        return (event, context) ->
            log.log(
                event.name().equals("llm_request_started")
                    ? new CloudEventReceived("prompt", Canary.PROMPT.text())
                    : event,
                context);
      }
    };
  }

  private record EagerRuns(FlowRunRepository runs, StepPublisher publisher)
      implements FlowRunRepository {
    @Override
    public RunRead read(RunId id) {
      return runs.read(id);
    }

    @Override
    public ClaimResult claim(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
      for (var claim : claims) {
        var _ = publisher.publish(new StepClaimed(claim, "4h", null), null);
      }
      return runs.claim(run, claims, lease);
    }

    @Override
    public ClaimResult adopt(Versioned<FlowRun> run, List<Claim> claims, Duration lease) {
      return runs.adopt(run, claims, lease);
    }

    @Override
    public FinalizeResult finish(
        StepKey step, StepOutcome outcome, @Nullable Fence fence, Instant runUpdateTime) {
      return runs.finish(step, outcome, fence, runUpdateTime);
    }

    @Override
    public List<RunId> running(@Nullable RunId after, int limit) {
      return runs.running(after, limit);
    }
  }

  /** A store that does as planted where an object is there already. */
  private abstract static class PlantedArtifacts implements ArtifactStore {
    private final ArtifactStore artifacts;

    PlantedArtifacts(ArtifactStore artifacts) {
      this.artifacts = artifacts;
    }

    abstract CreateResult exists(GcsUri uri, byte[] content, String type, Map<String, String> data);

    @Override
    public Optional<StoredObject> find(GcsUri uri) {
      return artifacts.find(uri);
    }

    @Override
    public ReadResult read(GcsUri uri, long maxBytes) {
      return artifacts.read(uri, maxBytes);
    }

    @Override
    public CreateResult create(
        GcsUri uri, byte[] content, String contentType, Map<String, String> metadata) {
      return switch (artifacts.create(uri, content, contentType, metadata)) {
        case CreateResult.AlreadyExists() -> exists(uri, content, contentType, metadata);
        case CreateResult.Created created -> created;
      };
    }
  }
}

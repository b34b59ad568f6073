package io.tda.worker.emulator;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The images of the Docker engine. Where an image is missing, its registry is asked once:
 * Testcontainers by itself would ask for two minutes, each time anew, a registry that cannot be
 * reached.
 */
final class DockerImages {
  private static final Duration LONGEST_PULL = Duration.ofMinutes(5);

  /** Other processors can run these too, and for some there is no image of their own. */
  private static final String EVERYWHERE = "linux/amd64";

  private DockerImages() {}

  /** Whether a container can be made of the image, which may have to be fetched first. */
  static boolean has(DockerImageName image) {
    var name = ImageNameSubstitutor.instance().apply(image).asCanonicalNameString();
    var docker = DockerClientFactory.lazyClient();
    return isHere(name)
        || pull(docker.pullImageCmd(name))
        || pull(docker.pullImageCmd(name).withPlatform(EVERYWHERE));
  }

  private static boolean isHere(String name) {
    try (var inspection = DockerClientFactory.lazyClient().inspectImageCmd(name)) {
      inspection.exec();
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  private static boolean pull(PullImageCmd pull) {
    try (pull;
        var end = pull.exec(new PullImageResultCallback())) {
      return end.awaitCompletion(LONGEST_PULL.toSeconds(), TimeUnit.SECONDS);
    } catch (DockerClientException | DockerException | IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package io.tda.worker.executor.adapter.gemini;

import io.tda.worker.executor.adapter.gemini.GeminiErrors.RefusedException;
import io.tda.worker.executor.adapter.gemini.GeminiErrors.TooLargeException;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * What the adapter insists on for every HTTP exchange, whatever the SDK does with it: it can be
 * ended, it is sent once, its answer is bounded, and the text of a refusal goes no further.
 */
final class GeminiWire implements Interceptor {
  /** More is not read. Five times the largest text that validation accepts. */
  static final long MAX_ANSWER_BYTES = 12L << 20;

  private static final long MAX_REFUSAL_BYTES = 64L << 10;

  @Override
  public Response intercept(Chain chain) throws IOException {
    GeminiExchange.current().started(chain.call());
    var response = chain.proceed(once(chain.request()));
    if (response.isSuccessful()) {
      return bounded(response);
    }
    try (response) {
      throw new RefusedException(GeminiErrorBody.parse(response.code(), start(response)));
    }
  }

  /** The beginning of a body; empty where it cannot be read, as the status says enough. */
  private static String start(Response response) {
    try {
      return response.peekBody(MAX_REFUSAL_BYTES).string();
    } catch (IOException e) {
      return "";
    }
  }

  private static Request once(Request request) {
    var body = request.body();
    return body == null
        ? request
        : request.newBuilder().method(request.method(), new OnceBody(body)).build();
  }

  private static Response bounded(Response response) throws IOException {
    var body = response.body();
    if (body == null) {
      return response;
    }
    if (body.contentLength() > MAX_ANSWER_BYTES) {
      response.close();
      throw new TooLargeException();
    }
    var source = Okio.buffer(new BoundedSource(body.source()));
    var bounded = ResponseBody.create(source, body.contentType(), body.contentLength());
    return response.newBuilder().body(bounded).build();
  }

  /**
   * A request body that OkHttp may not send a second time. Without it a 503 with {@code
   * Retry-After: 0} is answered with a second, paid request, even where retries are off.
   */
  private static final class OnceBody extends RequestBody {
    private final RequestBody body;

    OnceBody(RequestBody body) {
      this.body = body;
    }

    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return body.contentLength();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      body.writeTo(sink);
    }
  }

  private static final class BoundedSource extends ForwardingSource {
    private long total;

    BoundedSource(Source source) {
      super(source);
    }

    @Override
    public long read(Buffer sink, long byteCount) throws IOException {
      var count = super.read(sink, byteCount);
      total += Math.max(count, 0);
      if (total > MAX_ANSWER_BYTES) {
        throw new TooLargeException();
      }
      return count;
    }
  }
}

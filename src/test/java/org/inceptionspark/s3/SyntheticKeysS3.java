package org.inceptionspark.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * An S3 store on loopback that lists any number of keys, which it makes up as it is asked, and
 * counts how often. It has nothing else.
 */
public final class SyntheticKeysS3 implements AutoCloseable {
  private final long size;
  private final LongFunction<String> keys;
  private final AtomicLong requests = new AtomicLong();
  private final LoopbackServer server;
  private final Duration latency;

  private SyntheticKeysS3(
      LoopbackServer server, long size, LongFunction<String> keys, Duration latency) {
    this.server = server;
    this.size = size;
    this.keys = keys;
    this.latency = latency;
  }

  /**
   * Starts a store.
   *
   * @param keys by their number from 0 on, in their order, of ASCII
   */
  public static SyntheticKeysS3 start(long size, LongFunction<String> keys) throws IOException {
    return start(size, keys, Duration.ZERO);
  }

  /**
   * Starts a store.
   *
   * @param latency of each answer
   */
  public static SyntheticKeysS3 start(long size, LongFunction<String> keys, Duration latency)
      throws IOException {
    LoopbackServer server = LoopbackServer.create();
    SyntheticKeysS3 store = new SyntheticKeysS3(server, size, keys, latency);
    server.start(store::answer);
    return store;
  }

  /** What s3a needs to know to use this server. */
  public Map<String, String> s3aOptions() {
    return server.s3aOptions();
  }

  /** Lists that were asked for. */
  public long requests() {
    return requests.get();
  }

  /** How many keys are not behind this one. */
  public long rank(String key) {
    long low = 0;
    long high = size;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (keys.apply(middle).compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean list = exchange.getRequestMethod().equals("GET");
      Thread.sleep(latency.toMillis());
      byte[] body = list ? list(query(exchange.getRequestURI().getRawQuery())) : new byte[0];
      exchange.sendResponseHeaders(200, list ? body.length : -1);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(pair[0], URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8));
    }
    return query;
  }

  private byte[] list(Map<String, String> query) {
    requests.incrementAndGet();
    if (query.containsKey("delimiter")) {
      throw new UnsupportedOperationException("a delimiter");
    }
    String prefix = query.getOrDefault("prefix", "");
    String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", ""));
    long most = Long.parseLong(query.getOrDefault("max-keys", "1000"));
    long from = after.compareTo(prefix) > 0 ? rank(after) : rank(prefix);
    long until = Math.min(Math.min(from + most, size), rank(prefix + '\uD7FF'));
    boolean truncated = until < size && keys.apply(until).startsWith(prefix);
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    xml.append("<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>")
        .append(truncated)
        .append("</IsTruncated>");
    for (long i = from; i < until; i++) {
      xml.append("<Contents><Key>")
          .append(URLEncoder.encode(keys.apply(i), StandardCharsets.UTF_8))
          .append("</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>17</Size>")
          .append("<ETag>&quot;0&quot;</ETag></Contents>");
    }
    if (truncated) {
      xml.append("<NextContinuationToken>")
          .append(keys.apply(until - 1))
          .append("</NextContinuationToken>");
    }
    return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.close();
  }
}

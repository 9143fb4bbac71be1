package org.inceptionspark.s3;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An S3 store on loopback that has exactly the objects it is given, whatever their keys are: the
 * embedded one keeps files, which cannot have all of them. It lists, tells and gives, checks no
 * signature, and writes XML as AWS does: a control character in a key is one that XML does not have
 * unless the client asks for encoded keys.
 */
public final class AnyKeysS3 implements AutoCloseable {
  private static final String TIME = "2026-01-02T03:04:05.000Z";
  private static final String HTTP_TIME = "Fri, 02 Jan 2026 03:04:05 GMT";
  private static final Comparator<String> AS_UTF8 =
      Comparator.comparing(
          key -> key.getBytes(StandardCharsets.UTF_8),
          (one, other) -> Arrays.compareUnsigned(one, other));

  private final Comparator<String> order;
  private final NavigableMap<String, byte[]> objects;
  private final Map<String, Refusal> refused = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final LoopbackServer server;
  private volatile boolean withTokens = true;
  private volatile String required;

  private record Refusal(int status, String code, String message) {}

  private AnyKeysS3(LoopbackServer server, Comparator<String> order) {
    this.server = server;
    this.order = order;
    this.objects = new ConcurrentSkipListMap<>(order);
  }

  public static AnyKeysS3 start() throws IOException {
    return start(AS_UTF8);
  }

  /** One that lists in another order than AWS. */
  public static AnyKeysS3 start(Comparator<String> order) throws IOException {
    LoopbackServer server = LoopbackServer.create();
    AnyKeysS3 store = new AnyKeysS3(server, order);
    server.start(store::answer);
    return store;
  }

  /** To be called before somebody lists. */
  public void put(String key, byte[] content) {
    objects.put(key, content);
  }

  /** Lists an object and answers so to those who want to read it. */
  public void refuse(String key, int status, String code, String message) {
    refused.put(key, new Refusal(status, code, message));
  }

  /** As some stores do when a listing goes on: says so, and not where. */
  public void forgetTokens() {
    withTokens = false;
  }

  /** Gives objects only to those who send this header. */
  public void requireHeader(String name) {
    required = name;
  }

  /** What was asked, as {@code "GET key"} or {@code "LIST prefix"}. */
  public List<String> requests() {
    return requests;
  }

  /** What s3a needs to know to use this server. */
  public Map<String, String> s3aOptions() {
    return server.s3aOptions();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = decoded(exchange.getRequestURI().getRawPath().replace("+", "%2B"));
      String key = path.replaceFirst("^/[^/]*/?", "");
      if (!key.isEmpty()) {
        object(exchange, key);
      } else if (exchange.getRequestMethod().equals("GET")) {
        list(exchange, query(exchange.getRequestURI().getRawQuery()));
      } else {
        send(exchange, 200, new byte[0]);
      }
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> query(String raw) {
    Map<String, String> query = new HashMap<>();
    for (String part : raw == null ? new String[0] : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.put(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "");
    }
    return query;
  }

  private void object(HttpExchange exchange, String key) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + key);
    byte[] content = objects.get(key);
    if (content == null) {
      send(exchange, 404, xml("<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"));
      return;
    }
    if (required != null && !exchange.getRequestHeaders().containsKey(required)) {
      send(exchange, 403, xml("<Error><Code>AccessDenied</Code></Error>"));
      return;
    }
    Refusal refusal = refused.get(key);
    if (refusal != null) {
      String code = "<Code>" + refusal.code() + "</Code>";
      String message = "<Message>" + refusal.message() + "</Message>";
      send(exchange, refusal.status(), xml("<Error>" + code + message + "</Error>"));
      return;
    }
    String ifMatch = exchange.getRequestHeaders().getFirst("If-Match");
    if (ifMatch != null && !ifMatch.equals(etag(content))) {
      send(exchange, 412, xml("<Error><Code>PreconditionFailed</Code></Error>"));
      return;
    }
    exchange.getResponseHeaders().set("ETag", etag(content));
    exchange.getResponseHeaders().set("Last-Modified", HTTP_TIME);
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      send(exchange, 200, content);
    } else {
      String[] bounds = range.substring("bytes=".length()).split("-");
      int from = Integer.parseInt(bounds[0]);
      int until = Math.min(content.length, Integer.parseInt(bounds[1]) + 1);
      String part = "bytes " + from + "-" + (until - 1) + "/" + content.length;
      exchange.getResponseHeaders().set("Content-Range", part);
      send(exchange, 206, Arrays.copyOfRange(content, from, until));
    }
  }

  private static String etag(byte[] content) {
    return String.format("\"%032x\"", Arrays.hashCode(content) & 0xffffffffL);
  }

  private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
    String prefix = query.getOrDefault("prefix", "");
    requests.add("LIST " + prefix);
    String delimiter = query.getOrDefault("delimiter", "");
    int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
    boolean encoded = "url".equals(query.get("encoding-type"));
    String token = query.get("continuation-token");
    String after = token == null ? query.get("start-after") : decoded(token);
    List<String> entries = new ArrayList<>();
    String last = null;
    boolean truncated = false;
    for (String name : names(prefix, delimiter)) {
      if (after != null && order.compare(name, after) <= 0) {
        continue;
      }
      truncated = entries.size() == most;
      if (truncated) {
        break;
      }
      entries.add(entry(name, isCut(name, prefix, delimiter), encoded));
      last = name;
    }
    String next =
        truncated && withTokens
            ? "<NextContinuationToken>" + escaped(last, true) + "</NextContinuationToken>"
            : "";
    send(
        exchange,
        200,
        xml(
            "<ListBucketResult><Prefix>"
                + escaped(prefix, encoded)
                + "</Prefix><KeyCount>"
                + entries.size()
                + "</KeyCount>"
                + (encoded ? "<EncodingType>url</EncodingType>" : "")
                + ("<IsTruncated>" + truncated + "</IsTruncated>")
                + next
                + String.join("", entries)
                + "</ListBucketResult>"));
  }

  /** Keys, and names of directories in their place. */
  private List<String> names(String prefix, String delimiter) {
    return objects.keySet().stream()
        .filter(key -> key.startsWith(prefix))
        .map(key -> cut(key, prefix, delimiter))
        .distinct()
        .toList();
  }

  private static String cut(String key, String prefix, String delimiter) {
    int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
    return end < 0 ? key : key.substring(0, end + delimiter.length());
  }

  /** Also if there is an object of this name: it is one of those in the directory. */
  private static boolean isCut(String name, String prefix, String delimiter) {
    return !delimiter.isEmpty() && name.indexOf(delimiter, prefix.length()) >= 0;
  }

  private String entry(String name, boolean directory, boolean encoded) {
    byte[] content = objects.get(name);
    if (directory) {
      return "<CommonPrefixes><Prefix>" + escaped(name, encoded) + "</Prefix></CommonPrefixes>";
    }
    return "<Contents><Key>"
        + escaped(name, encoded)
        + "</Key><LastModified>"
        + TIME
        + "</LastModified><ETag>"
        + etag(content).replace("\"", "&quot;")
        + "</ETag><Size>"
        + content.length
        + "</Size></Contents>";
  }

  private static String escaped(String text, boolean encoded) {
    if (encoded) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2F", "/");
    }
    StringBuilder xml = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < ' ' || c == '&' || c == '<' || c == '>') {
                xml.append(String.format("&#x%x;", c));
              } else {
                xml.appendCodePoint(c);
              }
            });
    return xml.toString();
  }

  private static byte[] xml(String text) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}

package org.inceptionspark.s3;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;

/** An HTTP server of the JDK's on loopback, as the stores of tests are that are no embedded S3. */
record LoopbackServer(HttpServer server) implements AutoCloseable {

  /** One that answers nothing yet. */
  static LoopbackServer create() throws IOException {
    System.setProperty("sun.net.httpserver.nodelay", "true"); // or each answer takes 40 ms
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(LoopbackServer::daemon));
    return new LoopbackServer(server);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "loopback-server");
    thread.setDaemon(true);
    return thread;
  }

  void start(HttpHandler answers) {
    server.createContext("/", answers);
    server.start();
  }

  /** What s3a needs to know to use it; any key will do. */
  Map<String, String> s3aOptions() {
    return Map.of(
        "fs.s3a.endpoint", "http://127.0.0.1:" + server.getAddress().getPort(),
        "fs.s3a.endpoint.region", "us-east-1",
        "fs.s3a.path.style.access", "true",
        "fs.s3a.access.key", "id",
        "fs.s3a.secret.key", "secret");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package org.inceptionspark.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and a server, and resets connections in the middle of an answer. */
public final class ResettingProxy implements AutoCloseable {
  private static final int BEFORE_RESET = 300_000;

  private final ServerSocket listener;
  private final URI server;
  private final AtomicInteger resetsLeft = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "resetting-proxy");
            thread.setDaemon(true);
            return thread;
          });

  /** Listens on a free loopback port. */
  public ResettingProxy(URI server) throws IOException {
    this.server = server;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** So many of the next connections on which a few hundred kilobytes of answers come are reset. */
  public void resetNext(int connections) {
    resetsLeft.set(connections);
  }

  /** Resets that are still to come. */
  public int resetsLeft() {
    return resetsLeft.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket upstream = new Socket(server.getHost(), server.getPort());
        threads.execute(() -> forward(client, upstream, Integer.MAX_VALUE));
        threads.execute(() -> forward(upstream, client, BEFORE_RESET));
      }
    } catch (IOException closed) {
      threads.shutdownNow();
    }
  }

  private void forward(Socket from, Socket to, int beforeReset) {
    byte[] buffer = new byte[8192];
    long forwarded = 0;
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        forwarded += count;
        if (forwarded > beforeReset && resetsLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          to.setSoLinger(true, 0); // closing then sends a reset
          return;
        }
      }
    } catch (IOException gone) {
      return; // either side has closed; both are closed now
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}

package org.inceptionspark.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An engine in a Python process of its own, as {@code jobs/lib/peers/engines.py} has it. */
final class PythonEngine implements Engine {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final Path result;
  private final String name;

  /**
   * @param python with the libraries
   * @param kind such as {@code openvino-bfloat16}
   * @param inputs the model, the batch, the images that int8 is calibrated with
   * @param batch images of it
   * @param log for what the libraries print
   * @throws IOException if the engine does not start
   */
  PythonEngine(Path python, String kind, List<Path> inputs, int batch, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add("jobs/lib/peers/engines.py");
    command.add(kind);
    inputs.forEach(input -> command.add(input.toString()));
    command.add(Integer.toString(batch));
    ProcessBuilder builder = new ProcessBuilder(command);
    process = builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
    answers = process.inputReader();
    questions = new PrintWriter(process.outputWriter(), true);
    result = log.resolveSibling(kind + ".prelogits");
    name = answer();
  }

  private String answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("a peer ended: " + process.info().commandLine().orElse("?"));
    }
    return line;
  }

  private void ask(String question) {
    try {
      questions.println(question);
      answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run() {
    ask("run");
  }

  @Override
  public float[] prelogits() {
    ask("write " + result);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(result)).order(ByteOrder.nativeOrder());
      float[] values = new float[bytes.remaining() / Float.BYTES];
      bytes.asFloatBuffer().get(values);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}

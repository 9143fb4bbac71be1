package org.inceptionspark.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.inceptionspark.spark.LocalSpark;

/** A command as a user would run it, in this JVM and on the shared session. */
public record CommandLineRun(int code, String out, String err) {
  public static CommandLineRun of(String... arguments) {
    LocalSpark.session();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    return new CommandLineRun(code, out.toString(), err.toString());
  }
}

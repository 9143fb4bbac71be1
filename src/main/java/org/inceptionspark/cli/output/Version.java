package org.inceptionspark.cli.output;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version in the jar's manifest; classes outside a jar have none. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("development");
    return new String[] {"inception-spark " + version};
  }
}

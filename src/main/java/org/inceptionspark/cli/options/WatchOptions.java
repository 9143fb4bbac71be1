package org.inceptionspark.cli.options;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options for running nights continuously. */
public final class WatchOptions {
  @Option(
      names = "--watch",
      paramLabel = "DURATION",
      converter = Spoken.class,
      description =
          "Looks for new images at this interval, such as 30s, 5m or 1h, until the process is"
              + " ended or the stop file exists. By default once.")
  private Optional<Duration> watch;

  @Option(
      names = "--stop-file",
      paramLabel = "URI",
      description =
          "Ends --watch once this file exists and the current night is committed; the file is"
              + " deleted.")
  @Names(Names.Kind.DATA)
  private Optional<String> stopFile;

  public Optional<Duration> every() {
    return watch;
  }

  public Optional<String> stopFile() {
    return stopFile;
  }

  /** {@code 90s}, {@code 5m}, {@code 1h}, {@code 1d}. */
  static final class Spoken implements ITypeConverter<Duration> {
    private static final Pattern TEXT = Pattern.compile("([1-9]\\d{0,8})([smhd])");

    @Override
    public Duration convert(String text) {
      Matcher parts = TEXT.matcher(text);
      if (!parts.matches()) {
        throw new TypeConversionException("'" + text + "' is not a duration such as 30s, 5m or 1h");
      }
      long number = Long.parseLong(parts.group(1));
      return switch (parts.group(2)) {
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        default -> Duration.ofDays(number);
      };
    }
  }
}

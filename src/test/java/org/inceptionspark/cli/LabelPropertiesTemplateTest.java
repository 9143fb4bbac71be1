package org.inceptionspark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inceptionspark.cli.commands.CompactCommand;
import org.inceptionspark.cli.commands.LabelCommand;
import org.inceptionspark.cli.commands.LabellingCommand;
import org.inceptionspark.cli.commands.NightlyCommand;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The templates in {@code conf} have every option, and its defaults are the command's. */
class LabelPropertiesTemplateTest {
  private static final Pattern SETTING = Pattern.compile("#?([a-z-]+) = (.*)");

  @Test
  void labelHasEveryOptionWithItsDefault() throws IOException {
    check(Path.of("conf/label.properties.template"), new LabelCommand());
  }

  @Test
  void nightlyHasEveryOptionWithItsDefault() throws IOException {
    check(Path.of("conf/nightly.properties.template"), new NightlyCommand());
  }

  /** Otherwise each would write again what the other has written. */
  @Test
  void jobAndCompactionWantFilesOfOneSize() {
    OptionSpec compact =
        new CommandLine(new CompactCommand()).getCommandSpec().findOption("--file-size");
    assertThat(compact.defaultValue())
        .isEqualTo(options(new NightlyCommand()).get("file-size").defaultValue())
        .isEqualTo(options(new LabelCommand()).get("file-size").defaultValue());
  }

  private static void check(Path template, LabellingCommand command) throws IOException {
    Map<String, String> settings = settings(template);
    Map<String, OptionSpec> options = options(command);
    assertThat(settings.keySet()).isEqualTo(options.keySet());
    options.forEach(
        (name, option) -> {
          if (option.defaultValue() != null) {
            assertThat(settings.get(name)).as(name).isEqualTo(option.defaultValue());
          }
        });
  }

  private static Map<String, String> settings(Path template) throws IOException {
    Map<String, String> settings = new TreeMap<>();
    for (String line : Files.readAllLines(template)) {
      Matcher setting = SETTING.matcher(line);
      if (setting.matches()) {
        settings.put(setting.group(1), setting.group(2));
      }
    }
    return settings;
  }

  private static Map<String, OptionSpec> options(LabellingCommand command) {
    Map<String, OptionSpec> options = new TreeMap<>();
    for (OptionSpec option : new CommandLine(command).getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        options.put(option.longestName().substring(2), option);
      }
    }
    options.remove("config");
    return options;
  }
}

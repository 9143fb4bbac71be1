package org.inceptionspark.cli.yarn;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Arguments with one value replaced. */
final class ReplacedArgument {
  private ReplacedArgument() {}

  /**
   * @param arguments of a command; an option that is not among them, because it comes from a file,
   *     is added, since it overrides the file
   */
  static List<String> value(List<String> arguments, ArgSpec argument, String old, String value) {
    List<String> changed = new ArrayList<>();
    boolean found = false;
    String before = "";
    for (String word : arguments) {
      String other = word;
      if (argument instanceof OptionSpec option) {
        for (String name : option.names()) {
          if (word.equals(name + "=" + old)) {
            other = name + "=" + value;
          } else if (word.equals(old) && before.equals(name)) {
            other = value;
          }
        }
      } else if (word.equals(old) && !before.startsWith("-")) {
        other = value;
      }
      found |= !other.equals(word);
      changed.add(other);
      before = word;
    }
    if (!found && argument instanceof OptionSpec option) {
      changed.add(option.longestName() + "=" + value);
    }
    return List.copyOf(changed);
  }
}

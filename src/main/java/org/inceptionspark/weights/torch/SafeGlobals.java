package org.inceptionspark.weights.torch;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names a torch file's pickle may ask for, and which refuse the file. Nothing is ever run,
 * whatever the name: the question is only what a reader may conclude.
 */
final class SafeGlobals {
  /**
   * Names by which a pickle runs things. A file that asks for one is refused, wherever its weights
   * are.
   */
  private static final Pattern HOSTILE =
      Pattern.compile(
          "(?:os|posix|nt|sys|subprocess|commands|shutil|socket|pty|runpy|importlib|ctypes"
              + "|webbrowser)\\..*"
              + "|(?:builtins|__builtin__)\\.(?:eval|exec|execfile|compile|__import__|open|input|"
              + "breakpoint|globals|locals|vars)");

  /** Settings, counters, dates and random states that trainers keep beside the weights. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?:argparse|pathlib|datetime|numpy|collections|decimal|fractions|uuid|enum|random"
              + "|omegaconf|yacs|easydict|addict|ml_collections)\\..*"
              + "|types\\.SimpleNamespace"
              + "|(?:copyreg|copy_reg)\\._reconstructor"
              + "|(?:builtins|__builtin__)\\.\\w+"
              + "|_codecs\\.encode"
              + "|torch\\.(?:device|Generator|[a-z]+\\d+|float|double|half|int|long|short|bool)"
              + "|torch\\.(?:optim|cuda\\.amp|amp)\\..*");

  private static final Set<String> DICTIONARIES =
      Set.of(
          "collections.OrderedDict",
          "collections.defaultdict",
          "builtins.dict",
          "__builtin__.dict");

  private SafeGlobals() {}

  static boolean isHostile(String name) {
    return HOSTILE.matcher(name).matches();
  }

  /** Whether an object of this name never holds a network's weights. */
  static boolean isHarmless(String name) {
    return HARMLESS.matcher(name).matches();
  }

  static boolean isDictionary(String name) {
    return DICTIONARIES.contains(name);
  }
}

#!/usr/bin/env bash
# Times the forward pass of this engine beside ONNX Runtime's on this machine: one thread each, the same
# weights and images, in turn in one process. --layers prints where the time goes; --job times the whole
# labelling job, beside its forward pass alone and beside a plain job with ONNX Runtime, or with --latency MS
# against an S3 store that answers late; --kernel times single kernels, --decode
# the JPEG decoder beside the JDK's and Pillow (--python names one that has it). See --help.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

find_test_classpath
read -r -a options <<<"-Xmx4g -Xss16m $(pom_property spark.module.options)"
defaults=()
for argument; do
  [[ $argument != --job ]] || defaults=(--images "$root/src/quickstart/photos" --weights "$root/src/quickstart/model/model.json")
done
# ONNX Runtime takes more stack than a Java thread has by default (-Xss), and ends the JVM without a word.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" -Djava.util.logging.config.file=/dev/null \
  -cp "$test_classpath" org.inceptionspark.benchmark.Benchmark ${defaults[@]+"${defaults[@]}"} "$@" \
  2> >(grep -v 'incubator modules' >&2)

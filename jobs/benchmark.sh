#!/usr/bin/env bash
# Times the forward pass of this engine and of ONNX Runtime on this machine: one thread each, the same
# weights and images, in turn in one process. --layers prints where the time goes; --job times the whole
# labelling job, its forward pass alone and a plain job with ONNX Runtime, or with --latency MS the job on
# an S3 store that answers late; --kernel times single kernels; --decode times the JPEG decoder, the JDK's
# and Pillow's (--python names a Python that has it); --peers installs ONNX Runtime, OpenVINO, PySpark, Daft and
# Ray into target/peers and times them beside the forward pass and the job. See --help.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

# About 1 GB.
install_peers() {
  local peers=$root/target/peers
  if [[ ! -f $peers/complete ]]; then
    require python3 "the other libraries need Python 3.10 or later"
    say "Installing other libraries into target/peers ..."
    python3 -m venv "$peers" >"$root/target/pip.log" 2>&1 &&
      "$peers/bin/pip" install --quiet --disable-pip-version-check numpy pillow pandas pyarrow onnx onnxruntime \
        openvino nncf daft "ray[data]" "pyspark==$(pom_property spark.version)" >>"$root/target/pip.log" 2>&1 ||
      fail "the other libraries cannot be installed; see target/pip.log"
    touch "$peers/complete"
  fi
}

find_test_classpath
read -r -a options <<<"-Xmx4g -Xss16m $(pom_property spark.module.options)"
defaults=()
for argument; do
  if [[ $argument == --peers ]]; then
    install_peers
    defaults=(--python "$root/target/peers/bin/python")
  fi
  [[ $argument != --job ]] || defaults=(--images "$root/src/quickstart/photos" --weights "$root/src/quickstart/model/model.json")
done
# ONNX Runtime takes more stack than a Java thread has by default (-Xss), and ends the JVM without a word.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" -Djava.util.logging.config.file=/dev/null \
  -cp "$test_classpath" org.inceptionspark.benchmark.Benchmark ${defaults[@]+"${defaults[@]}"} "$@" \
  2> >(grep -v 'incubator modules' >&2)

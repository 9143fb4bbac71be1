#!/usr/bin/env bash
# Times the forward pass of this engine beside ONNX Runtime's on this machine: one thread each, the same
# weights and images, in turn in one process. --layers prints where the time goes. See --help.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

find_jar
find_test_classpath
# ONNX Runtime takes more stack than a Java thread has by default, and ends the JVM without a word.
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx4g -Xss16m --add-modules jdk.incubator.vector \
  -Djava.util.logging.config.file=/dev/null -cp "$test_classpath" \
  org.inceptionspark.benchmark.ForwardPassBenchmark "$@" 2> >(grep -v 'incubator modules' >&2)

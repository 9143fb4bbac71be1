#!/usr/bin/env bash
# Runs the phases of a night and of the day after at three sizes, on listings and tables that are generated as
# they are read. Prints seconds, Spark jobs, requests, rows read, bytes sent to the driver, heap, a fitted exponent
# and what 100 million would take. Fails if anything grows faster than the number of objects, or grows on the driver.
# Usage: jobs/scale-check.sh [SMALLEST_SIZE], by default 100000; the others are two and four times as large.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

find_jar
find_test_classpath
read -r -a options <<<"-Xmx2g -Xss16m $(pom_property spark.module.options)"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" "${options[@]}" -Djava.util.logging.config.file=/dev/null \
  -cp "$test_classpath" org.inceptionspark.scale.ScaleCheck "$@" \
  2> >(grep -v 'incubator modules' >&2)

#!/usr/bin/env bash
# Times exact searches, searches through an index with their recall, and near-duplicates, on a labels
# table or on a synthetic one. See --help.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

find_test_classpath
modules=()
while IFS= read -r module; do modules+=("$module"); done < <(pom_property spark.module.options | tr ' ' '\n')
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx"${SPARK_DRIVER_MEMORY}" "${modules[@]}" -cp "$test_classpath" \
  org.inceptionspark.benchmark.SearchBenchmark "$@" 2> >(grep -v -i 'incubator\|WARN' >&2)

#!/usr/bin/env bash
# Checks that a cluster computes the same as one machine: starts a standalone master and two workers on
# this machine, labels the sample photographs on them and on local[2], and compares the tables bit by bit.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"
. "$root/jobs/lib/cluster.sh"

no_arguments "$@"

work=$root/target/cluster-check
log=$work/driver.log

label() {
  spark_job --master "$1" --executor-cores 1 -- label --input "$root/src/quickstart/photos" \
    --output "$2" --weights "$root/src/quickstart/model/model.json" \
    --labels "$root/src/quickstart/model/labels.txt" --preprocessing slim
}

rm -rf "$work"
mkdir -p "$work"
find_jar
find_spark
configure_spark
say "Starting a master and two workers ..."
start_cluster
say "Labelling the photographs on $master ..."
label "$master" "$work/labels-of-cluster"
for worker in worker1 worker2; do
  ls -d "$work/$worker"/app-*/* >/dev/null 2>&1 || fail "$worker has run nothing; see $work/$worker.log"
done
say "Labelling them on local[2] ..."
label 'local[2]' "$work/labels-of-local"
say "Comparing ..."
spark_job --master 'local[2]' -- compare "$work/labels-of-cluster" "$work/labels-of-local"

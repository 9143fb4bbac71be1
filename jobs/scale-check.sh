#!/usr/bin/env bash
# Runs the phases of a night and of the day after at some sizes, on listings, an S3 store and tables that are
# generated as they are read, on a standalone cluster with two executors on this machine. Prints seconds, Spark
# jobs and tasks, requests, rows read, bytes sent to the driver, the heaps of driver and executors after collections,
# a fitted exponent, and the night of 100 million images on 1,000 cores that follows. Fails if anything grows faster
# than the number of objects, or grows on the driver.
# Usage: jobs/scale-check.sh [SIZE...] [PHASE...], by default 100000 200000 400000 and all phases; a part of a
# phase's name is enough.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"
. "$root/jobs/lib/cluster.sh"

work=$root/target/scale-check
log=$work/driver.log

rm -rf "$work"
mkdir -p "$work"
find_jar
find_test_classpath
find_spark
configure_spark
start_cluster
spark_job --master "$master" --executor-cores 1 --class org.inceptionspark.scale.ScaleCheck \
  --conf "spark.driver.extraClassPath=$test_classpath" -- "$@"

#!/usr/bin/env bash
# Checks that a cluster computes the same as one machine: starts a standalone master and two workers on
# this machine, labels the sample photographs on them and on local[2], and compares the tables bit by bit.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"

no_arguments "$@"

work=$root/target/cluster-check
log=$work/driver.log

# All that Spark is told, in files that only this user can read: the cluster takes work from nobody else.
configure_spark() {
  unset HADOOP_CONF_DIR YARN_CONF_DIR
  export SPARK_CONF_DIR=$work/conf SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=512m
  mkdir -p "$SPARK_CONF_DIR"
  cp "$root/jobs/lib/log4j2-to-file.properties" "$SPARK_CONF_DIR/log4j2.properties"
  (
    umask 077
    cat >"$SPARK_CONF_DIR/spark-defaults.conf" <<END
spark.authenticate true
spark.authenticate.secret $(random_hex)
spark.master.rest.enabled false
spark.driver.memory 2g
spark.executor.memory 1536m
spark.ui.enabled false
spark.scheduler.minRegisteredResourcesRatio 1
END
  )
}

# Starts a daemon of Spark with a log of its own. Usage: start_daemon NAME CLASS ARGUMENTS...
start_daemon() {
  local name=$1 class=$2
  shift 2
  SPARK_DAEMON_JAVA_OPTS="\"-Dinceptionspark.log=$work/$name.log\"" \
    start "$name" "$work/$name.out" "$spark_bin/spark-class" "org.apache.spark.deploy.$class" \
    --host 127.0.0.1 --port 0 --webui-port 0 "$@"
}

start_cluster() {
  start_daemon master master.Master
  wait_for_line master "$work/master.log" 'Starting Spark master at spark:'
  master=$(sed -n 's/.*Starting Spark master at \(spark:[^ ]*\).*/\1/p' "$work/master.log" | head -n 1)
  for worker in worker1 worker2; do
    start_daemon "$worker" worker.Worker --cores 1 --memory 2g --work-dir "$work/$worker" "$master"
  done
  for worker in worker1 worker2; do
    wait_for_line "$worker" "$work/$worker.log" 'Successfully registered with master'
  done
}

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

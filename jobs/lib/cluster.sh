# A standalone cluster of Spark on this machine: a master and two workers with a core each. Sourced after
# processes.sh, not run. Expects work, a directory of its own.

# The secret is why the cluster takes work from nobody else.
configure_spark() {
  export SPARK_DAEMON_MEMORY=512m
  isolate_spark <<END
spark.authenticate true
spark.authenticate.secret $(random_hex)
spark.master.rest.enabled false
spark.driver.memory 2g
spark.executor.memory 1536m
spark.ui.enabled false
spark.scheduler.minRegisteredResourcesRatio 1
END
}

# Starts a daemon of Spark with a log of its own. Usage: start_daemon NAME CLASS ARGUMENTS...
start_daemon() {
  local name=$1 class=$2
  shift 2
  SPARK_DAEMON_JAVA_OPTS="\"-Dinceptionspark.log=$work/$name.log\"" \
    start "$name" "$work/$name.out" "$spark_bin/spark-class" "org.apache.spark.deploy.$class" \
    --host 127.0.0.1 --port 0 --webui-port 0 "$@"
}

# Sets master, the URL.
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

#!/usr/bin/env bash
# Checks the job on a real YARN with a real HDFS: starts a NameNode, a DataNode, a ResourceManager and a
# NodeManager on this machine's loopback, runs jobs in cluster and in client mode that succeed and fail,
# kills an executor and a driver, and compares the tables with one made without the cluster.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"
. "$root/jobs/lib/hadoop.sh"
. "$root/jobs/lib/pyspark.sh"

no_arguments "$@"

work=$root/target/yarn-check
logs=$work/logs
log=$work/driver.log
cluster=(--master yarn --deploy-mode cluster)
client=(--master yarn --deploy-mode client)

# Containers end with their NodeManager, unless it is killed.
stop_site() {
  stop_all
  pkill -9 -f "$work/containers/" || true
}
trap stop_site EXIT

configure_spark() {
  unset YARN_CONF_DIR
  export SPARK_CONF_DIR=$work/spark SPARK_LOCAL_IP=127.0.0.1
  mkdir -p "$SPARK_CONF_DIR"
  cp "$root/conf/log4j2.properties.template" "$SPARK_CONF_DIR/log4j2.properties"
  cat >"$SPARK_CONF_DIR/spark-defaults.conf" <<END
spark.yarn.jars local:$SPARK_HOME/jars/*
spark.driver.memory 1536m
spark.executor.memory 1g
spark.executor.instances 1
spark.ui.enabled false
spark.yarn.am.waitTime 600s
END
}

# What a user has at home: photographs are in HDFS, the model, its labels and the settings are here.
furnish() {
  mkdir -p "$work/user" "$work/none/bin" "$work/none/jars"
  cp "$root"/src/quickstart/model/{model.json,labels.txt,group1-shard*} "$work/user/"
  printf 'weights = model.json\nlabels = labels.txt\npreprocessing = slim\n' >"$work/user/label.properties"
  printf 'no picture\n' >"$work/user/notes.jpg"
  hdfs dfs -mkdir -p /photos /mixed /open/secret /user/root /user/alice /night
  hdfs dfs -put "$root"/src/quickstart/photos/*.jpg /photos
  hdfs dfs -put "$root/src/quickstart/photos/rocket.jpg" "$work/user/notes.jpg" /mixed
  hdfs dfs -chmod -R 755 /photos /mixed /open /user
  hdfs dfs -chmod 700 /open/secret
  hdfs dfs -chmod 777 /tmp / || true
  hdfs dfs -chown alice /user/alice
  cp /bin/true "$work/none/bin/spark-submit"
  : >"$work/none/jars/spark-core_$(pom_property scala.binary.version)-$(pom_property spark.version).jar"
}

# Runs a script as the user does and wants this exit code. What it says is in $out.
# Usage: job NAME EXIT_CODE SCRIPT ARGUMENT...
job() {
  local name=$1 wanted=$2 script=$root/jobs/$3 code=0
  out=$work/$name.out
  say "  $name"
  shift 3
  (cd "$work/user" && exec "$script" "$@") >"$out" 2>&1 </dev/null &
  started+=("$!")
  wait "$!" || code=$?
  application=$(grep -o 'application_[0-9]*_[0-9]*' "$out" | head -n 1 || true)
  ((code == wanted)) || wrong "exit code $code instead of $wanted"
}

wrong() {
  sed 's/^/    /' "$out" >&2
  fail "$(basename "$out" .out): $1"
}

# What the job has said must have this. Usage: said TEXT
said() {
  grep -q -e "$1" "$out" || wrong "says nothing of $1"
}

# What YARN says of the application, once that is over, must have these. A driver that was not on the cluster
# has ended before YARN knows: it looks for it a second time. Usage: yarn_says TEXT...
yarn_says() {
  local text tries=0
  while
    hadoop org.apache.hadoop.yarn.client.cli.ApplicationCLI application -status "$application" \
      >"$work/status.txt" 2>>"$logs/yarn.log"
    grep -q 'Final-State : UNDEFINED' "$work/status.txt"
  do
    ((++tries < 30)) || wrong "YARN does not come to an end"
    sleep 2
  done
  for text in "$@"; do
    grep -q -e "$text" "$work/status.txt" || { cat "$work/status.txt" >&2; wrong "YARN does not say $text"; }
  done
}

# Usage: attempts COUNT
attempts() {
  local found
  found=$(ls "$work/containers/$application" | cut -d_ -f4 | sort -u | grep -c .)
  ((found == $1)) || wrong "$found attempts instead of $1"
}

# Usage: same_as_alone TABLE
same_as_alone() {
  spark_job --master 'local[2]' -- compare "file:$work/alone" "$1" >/dev/null
}

# Kills a process of the running application without a word. Usage: kill_container NUMBER
kill_container() {
  local tenths=0
  until pkill -9 -f "$work/containers/application_[0-9_]*/container_[0-9_]*_01_00000$1"; do
    ((++tenths < 1200)) || fail "there is no container $1 to kill"
    sleep 0.1
  done
}

kill_a_night() {
  local tenths=0
  until hdfs dfs -ls /night/labels/run_date=* 2>/dev/null | grep -q parquet; do
    ((++tenths < 120)) || fail "the night commits nothing"
    sleep 0.5
  done
  kill_container 2
  sleep 2
  kill_container 1
}

rm -rf "$work"
mkdir -p "$logs"
find_jar
install_pyspark "$(pom_property spark.version)"
find_spark
find_hadoop
say "Starting HDFS and YARN ..."
configure_hadoop "$work"
configure_spark
start_hdfs
start_yarn
furnish

say "Labelling on this machine alone, then on YARN ..."
spark_job --master 'local[2]' -- label --input hdfs:///photos --output "file:$work/alone" \
  --weights "$work/user/model.json" --labels "$work/user/labels.txt" --preprocessing slim

job headline 0 label.sh "${cluster[@]}" -- --config label.properties --input hdfs:///photos --output labels
said "$application http://"
said '^12 images in .* into labels'
yarn_says 'Application-Name : inception-spark label' 'Final-State : SUCCEEDED' '12 images in'
same_as_alone "/user/$(id -un)/labels"

start killer "$work/killer.out" kill_a_night
job night 0 nightly.sh "${cluster[@]}" -- --config label.properties --input /photos --output /night/labels \
  --commit-every 3
attempts 2
same_as_alone /night/labels

job errors 3 label.sh "${cluster[@]}" -- --config label.properties --input /mixed --output hdfs:///mixed-labels \
  --max-error-rate 0.1
said '1 of 2 images have no labels'
yarn_says 'Final-State : FAILED' '1 of 2 images have no labels' 'exit code 3'
attempts 1

job no-weights 1 label.sh "${cluster[@]}" -- --input hdfs:///photos --output /never --weights hdfs:///nosuch.json
said 'inception-spark label: .*/nosuch.json: not found'
attempts 1

job page 1 label.sh "${cluster[@]}" -- --config label.properties --input /photos --output /never --report page.html
said '--report page.html would be written to the driver'
[[ -z $application ]] || wrong 'was submitted'

job client 0 label.sh "${client[@]}" -- --config label.properties --input /photos --output hdfs:///client-labels
same_as_alone /client-labels

job client-fails 1 label.sh "${client[@]}" -- --input /photos --output /never --weights hdfs:///nosuch.json
application=$(ls -t "$work/containers" | head -n 1)
yarn_says 'Application-Name : inception-spark label' 'Final-State : FAILED'

HADOOP_USER_NAME=alice job secret 1 label.sh "${client[@]}" -- --config label.properties --input /open/secret \
  --output /user/alice/labels
said 'user alice has no READ_EXECUTE on /open/secret'

SPARK_HOME=$work/none job no-yarn 1 label.sh "${cluster[@]}" -- --help-me
said 'has no YARN in it'

say "All as it should be."

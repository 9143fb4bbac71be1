#!/usr/bin/env bash
# Checks the SQL functions and views in Spark's own spark-sql shell, in the jar's sql command, in PySpark and
# through JDBC in a Thrift server, on the quickstart's table: all must give the same answers. Needs what notebooks/run.sh installs.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

no_arguments "$@"

python=$root/target/notebooks-python/bin/python
table=$root/target/quickstart/store/inception-spark/labels
work=$root/target/sql-check
model=(--weights "$root/src/quickstart/model/model.json" --labels "$root/src/quickstart/model/labels.txt")
[[ -x $python ]] || fail "there is no $python; run notebooks/run.sh first"
[[ -d $table ]] || fail "there is no $table; run jobs/quickstart.sh first"

statement="SELECT count(*) AS images, count_if(logits_of(prelogits) = logits) AS same_logits,
  count_if(top_labels(logits, 5) = top) AS same_labels, count_if(label_name(top[0].index) = top[0].label) AS same_names,
  count_if(abs(vector_norm(vector_normalize(prelogits)) - 1) < 1e-6) AS normal,
  count_if(abs(vector_cosine_similarity(prelogits, prelogits) - 1) < 1e-6) AS alike,
  count_if(vector_l2_distance(prelogits, prelogits) = 0) AS near, count_if(softmax(logits)[0] < 1) AS probable,
  (SELECT sum(images) FROM label_counts) AS labelled, (SELECT count(*) FROM failures) AS failed,
  (SELECT sum(images) FROM runs) AS ran FROM labels_latest"
expected=$'images\tsame_logits\tsame_labels\tsame_names\tnormal\talike\tnear\tprobable\tlabelled\tfailed\tran
12\t12\t12\t12\t12\t12\t12\t12\t12\t0\t12'

check() {
  local what=$1 found
  shift
  found=$("$@" 2>"$work/log") || fail "$what failed; see $work/log"
  [[ $found == "$expected" ]] || fail "$what says: $found"
  say "$what: all as expected"
}

in_python() {
  INCEPTION_SPARK_JAR=$jar "$python" - "$table" "$root/src/quickstart/model" "$statement" <<'END'
import os
import sys

from pyspark.sql import SparkSession

table, model, statement = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.jars", os.environ["INCEPTION_SPARK_JAR"])
    .config("spark.sql.extensions", "org.inceptionspark.search.InceptionSparkExtensions")
    .config("spark.inceptionspark.table", table)
    .config("spark.inceptionspark.weights", model + "/model.json")
    .config("spark.inceptionspark.labels", model + "/labels.txt")
    .getOrCreate()
)
answer = spark.sql(statement)
print("\t".join(answer.columns))
print("\t".join(map(str, answer.head())))
END
}

# A server of its own, in the working directory that it leaves a metastore in, asked by beeline.
in_thrift_server() {
  local port=${THRIFT_PORT:-10987} log=$work/thrift-server.log answer=1
  (
    cd "$work"
    exec "$SPARK_HOME/bin/spark-submit" --class org.apache.spark.sql.hive.thriftserver.HiveThriftServer2 \
      --jars "$jar" --driver-class-path "$jar" \
      --conf spark.sql.extensions=org.inceptionspark.search.InceptionSparkExtensions \
      --conf spark.ui.enabled=false --conf "spark.inceptionspark.table=$table" \
      --conf "spark.inceptionspark.weights=${model[1]}" --conf "spark.inceptionspark.labels=${model[3]}" spark-internal \
      --hiveconf hive.server2.thrift.bind.host=127.0.0.1 --hiveconf "hive.server2.thrift.port=$port"
  ) >"$log" 2>&1 &
  local server=$! second
  for ((second = 0; second < 120; second++)); do
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
    kill -0 "$server" 2>/dev/null || break
    sleep 1
  done
  "$SPARK_HOME/bin/beeline" -u "jdbc:hive2://127.0.0.1:$port" --silent=true --outputformat=tsv2 -e "$statement" |
    sed 's/^[0-9]*: jdbc[^>]*> //' && answer=0 # without its prompt
  kill "$server" 2>/dev/null
  wait "$server" 2>/dev/null || true
  return "$answer"
}

mkdir -p "$work"
find_jar
export SPARK_LOCAL_IP=127.0.0.1
check "the sql command" env -u SPARK_HOME "$root/jobs/sql.sh" --table "$table" "${model[@]}" -e "$statement"
SPARK_HOME=$("$python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
export SPARK_HOME PYSPARK_PYTHON=$python
check "spark-sql" "$root/jobs/sql.sh" --table "$table" "${model[@]}" -e "$statement"
check "PySpark" in_python
check "a Thrift server" in_thrift_server

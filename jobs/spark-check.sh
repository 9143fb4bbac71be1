#!/usr/bin/env bash
# Checks that the job gives the same results on several versions of Spark: installs pyspark==VERSION of each into
# target/, labels the quickstart's photographs with the jar that fits, runs a night twice, queries by SQL, searches,
# and compares every value with that of the first version, to the bit.
# Usage: jobs/spark-check.sh [VERSION|SPARK_HOME...]; by default the oldest and the newest line of Spark. A
# directory is an installed Spark, such as the one of your site.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"
. "$root/jobs/lib/pyspark.sh"

case ${1:-} in
  -h | --help)
    sed -n '2,/^[^#]/s/^# *//p' "$0"
    exit 0
    ;;
esac
(($#)) || set -- 3.5.9 4.3.0

work=$root/target/spark-check
log=$work/driver.log
photos=$root/src/quickstart/photos
model=(--weights "$root/src/quickstart/model/model.json" --labels "$root/src/quickstart/model/labels.txt" --preprocessing slim)
statement="SELECT count(*) AS images, count_if(logits_of(prelogits) = logits) AS same_logits,
  count_if(top_labels(logits, 5) = top) AS same_labels,
  count_if(abs(vector_cosine_similarity(prelogits, prelogits) - 1) < 1e-6) AS alike,
  (SELECT count(*) FROM failures) AS failed, (SELECT sum(images) FROM runs) AS ran,
  (SELECT max(skipped) FROM runs) AS skipped FROM labels_latest"
expected=$'images\tsame_logits\tsame_labels\talike\tfailed\tran\tskipped\n12\t12\t12\t12\t0\t12\t12'

# One line of a file of answers must be this. Usage: require_answer WHAT FOUND EXPECTED
require_answer() {
  [[ $2 == "$3" ]] || fail "$1 says: $2"
}

# What a search has found, but for how long it took. Usage: without_time NAME
without_time() {
  sed 's/, in [0-9.]* s$//' "$work/$1/search.txt"
}

# Sets SPARK_HOME. Usage: choose_spark VERSION|SPARK_HOME
choose_spark() {
  if [[ $1 == */* ]]; then
    export SPARK_HOME=$1
  else
    install_pyspark "$1"
  fi
  find_jar
  find_spark
}

# Usage: check NAME, the name of what was chosen and of its directory
check() {
  local table=$work/$1/labels found
  mkdir -p "$work/$1"
  # The jar with S3A is what the quickstart runs.
  [[ $1 != "$first" ]] || jar=$(newest_jar "$line-no-s3a")
  say "Spark $spark_version with Scala $scala_version, ${jar##*/}:"
  say "  a night, and one with nothing new ..."
  spark_job nightly --input "$photos" --glob '*.jpg' --output "$table" "${model[@]}" >"$work/$1/night.txt"
  spark_job nightly --input "$photos" --glob '*.jpg' --output "$table" "${model[@]}" >"$work/$1/again.txt"
  say "  SQL ..."
  found=$(spark_job sql --table "$table" "${model[@]:0:4}" -e "$statement")
  require_answer "SQL on Spark $1" "$found" "$expected"
  say "  a search ..."
  spark_job search --table "$table" --query "$photos/chelsea.jpg" "${model[@]:0:2}" --k 5 >"$work/$1/search.txt"
  if [[ $1 != "$first" ]]; then
    say "  compared with Spark $first ..."
    spark_job compare "$table" "$work/$first/labels"
    cmp <(without_time "$first") <(without_time "$1") || fail "the search of Spark $1 finds other images than that of $first"
  fi
}

rm -rf "$work"
mkdir -p "$work"
unset PYSPARK_PYTHON
isolate_spark <<END
spark.ui.enabled false
spark.driver.memory 2g
spark.master local[2]
END
first=
for chosen in "$@"; do
  choose_spark "$chosen"
  name=$spark_version-scala-$scala_version
  : "${first:=$name}"
  check "$name"
done
say "The same on Spark $*"

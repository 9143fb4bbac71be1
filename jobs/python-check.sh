#!/usr/bin/env bash
# Checks the Python package as users install it: the wheel in a fresh environment with PySpark, each recipe of docs/python.md
# as printed, and then what the recipes do not show. Needs Python 3.10 or later; puts PySpark into target/python-check.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

no_arguments "$@"

work=$root/target/python-check
require python3 "the package needs Python 3.10 or later"
find_jar
wheel=$(ls -t "${jar%/*}"/inceptionspark-*.whl 2>/dev/null | head -n 1)
[[ -n $wheel ]] || fail "there is no wheel beside ${jar#"$root"/}; run mvn package"

rm -rf "$work" "$root"/target/{paths.csv,packed,packed-labels,huggingface,stream-checkpoint,stream-labels,pipeline,iceberg}
mkdir -p "$work"
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --disable-pip-version-check "$wheel" duckdb 'grpcio-status' 'zstandard' \
  "$(grep '^pyspark==' "$root/notebooks/requirements.txt")"

unset SPARK_HOME SPARK_CONF_DIR HADOOP_CONF_DIR PYSPARK_DRIVER_PYTHON PYTHONPATH INCEPTION_SPARK_JAR
export SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$work/python/bin/python
cd "$root" # where the recipes' paths begin
rm -rf target/labels
sed -n '/^```bash/,/^```$/{/^```/d;/^pip /d;p;}' docs/python.md >"$work/table.sh"
bash -euo pipefail "$work/table.sh" >"$work/label.log" 2>&1 || fail "the table cannot be made; see $work/label.log"

check() {
  say "$1 ..."
  "$work/python/bin/python" "$root/src/test/python/$2" "${@:3}" >"$work/$2.log" 2>&1 ||
    { tail -n 25 "$work/$2.log" >&2; fail "$1: failed; see ${work#"$root"/}/$2.log"; }
}
check "the recipes of docs/python.md" recipes.py docs/python.md "$work"
check "what they do not show" python_package.py "$work"
check "through Spark Connect" python_connect.py "$work"

say "with --py-files ..."
"$work/python/bin/pip" uninstall --quiet --yes inceptionspark
"$work/python/bin/spark-submit" --master 'local[2]' --py-files "$wheel" --jars "$jar" \
  --conf spark.sql.extensions=org.inceptionspark.search.InceptionSparkExtensions \
  "$root/src/test/python/python_files.py" "$work" >"$work/python_files.py.log" 2>&1 ||
  { tail -n 25 "$work/python_files.py.log" >&2; fail "with --py-files: failed; see ${work#"$root"/}/python_files.py.log"; }
say "the Python package: all as expected"

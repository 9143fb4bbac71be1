#!/usr/bin/env bash
# Executes the notebooks from scratch against the quickstart's table and writes them with their outputs.
# Needs Python 3.11 or later beside what the quickstart needs; puts PySpark and Jupyter into target/.
# Usage: notebooks/run.sh [--check | --install] [NOTEBOOK...]; with --check the results go to target/notebooks,
# with --install nothing is executed.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../jobs/lib/spark.sh"

target=$root/notebooks
python=$root/target/notebooks-python

install() {
  cmp -s "$root/notebooks/requirements.txt" "$python/requirements.txt" && return
  require python3 "the notebooks need Python 3.11 or later"
  say "Installing PySpark and Jupyter into target/notebooks-python; the first time this takes minutes ..."
  rm -rf "$python"
  python3 -m venv "$python"
  "$python/bin/pip" install --quiet --disable-pip-version-check -r "$root/notebooks/requirements.txt"
  cp "$root/notebooks/requirements.txt" "$python/"
}

case ${1:-} in
  -h | --help)
    sed -n '2,/^[^#]/s/^# *//p' "$0"
    exit 0
    ;;
  --install)
    install
    exit 0
    ;;
  --check)
    target=$root/target/notebooks
    shift
    ;;
esac

install
table=$root/target/quickstart/store/inception-spark/own-classes
[[ -d $table ]] || "$root/jobs/quickstart.sh"
find_jar

# PySpark brings its own Spark, which the jobs that notebooks start use as well.
SPARK_HOME=$("$python/bin/python" -c 'import pathlib, pyspark; print(pathlib.Path(pyspark.__file__).parent)')
export SPARK_HOME SPARK_LOCAL_IP=127.0.0.1 INCEPTION_SPARK_JAR=$jar
export PYSPARK_PYTHON=$python/bin/python JUPYTER_PLATFORM_DIRS=1
unset SPARK_CONF_DIR HADOOP_CONF_DIR YARN_CONF_DIR PYSPARK_DRIVER_PYTHON

(($#)) || set -- "$root"/notebooks/*.ipynb
"$python/bin/python" "$root/notebooks/execute.py" "$target" "$@"
say "The notebooks are in ${target#"$root"/}"

#!/usr/bin/env bash
# Opens a SQL shell on a labels table. Usage: jobs/sql.sh [SPARK_SUBMIT_ARGUMENT... --] --table TABLE [-e SQL | -f FILE] (see --help)
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"

# Spark's own shell does what it can do itself; --help and --json are the jar's command.
for word in "$@"; do
  case $word in
    -h | --help | --json) submit sql "$@" ;;
  esac
done

split_arguments "$@"
find_jar
find_spark
if ! has_spark_sql; then
  [[ ! -t 0 || " ${job[*]-} " == *" -e "* || " ${job[*]-} " == *" -f "* ]] ||
    say "This Spark has no spark-sql shell: statements end with control-D, or give -e or -f."
  submit sql "$@"
fi

# Beside those of the site, such as Delta's: a setting here would replace them.
own=org.inceptionspark.search.InceptionSparkExtensions
extensions=$(spark_setting --none spark.sql.extensions)
[[ $extensions == *"$own"* ]] || extensions=${extensions:+$extensions,}$own
settings=(--conf "spark.sql.extensions=$extensions")
# Without a metastore of the site, the shell makes none in the current directory.
if [[ -z $(spark_setting --none spark.sql.catalogImplementation) &&
  ! -f ${SPARK_CONF_DIR:-$spark_bin/../conf}/hive-site.xml ]]; then
  settings+=(--conf spark.sql.catalogImplementation=in-memory)
fi
statements=()
while ((${#job[@]})); do
  option=${job[0]}
  ((${#job[@]} > 1)) || { say "sql.sh: $option needs a value; see --help"; exit 1; }
  case $option in
    --table | --weights | --head | --labels | --orientation | --decode | --preprocessing)
      settings+=(--conf "spark.inceptionspark.${option#--}=${job[1]}")
      ;;
    -e | -f) statements+=("$option" "${job[1]}") ;;
    *) say "sql.sh: unknown option $option; see --help"; exit 1 ;;
  esac
  job=("${job[@]:2}")
done

# The shell prints errors itself.
own_configuration
exec "$spark_bin/spark-sql" --conf spark.sql.cli.print.header=true --conf spark.log.level=ERROR --jars "$jar" \
  ${configuration[@]+"${configuration[@]}"} ${spark[@]+"${spark[@]}"} "${settings[@]}" \
  ${statements[@]+"${statements[@]}"}

# What the scripts in jobs/ share: the jar, Spark, and how one is given to the other. Sourced, not run.
# Written for the bash 3.2 of macOS too: no mapfile, and no bare "${empty[@]}" under set -u.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# Java names files in the locale's encoding, and what cron starts often has no locale.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
  *[Uu][Tt][Ff]*8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

# Where the driver computes too (a local master), a model, its network and two streams take more than
# Spark's 1g. The environment yields to --driver-memory and to spark.driver.memory.
export SPARK_DRIVER_MEMORY=${SPARK_DRIVER_MEMORY:-2g}

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$(basename "$0"): $*"
  exit 2
}

# For the scripts that take none: prints the comment at the script's head when asked for help.
no_arguments() {
  case ${1:-} in
    "") ;;
    -h | --help)
      sed -n '2,/^[^#]/s/^# *//p' "$0"
      exit 0
      ;;
    *)
      say "$(basename "$0"): takes no arguments, found: $*"
      exit 1
      ;;
  esac
}

random_hex() {
  od -An -N20 -tx1 /dev/urandom | tr -d ' \n'
}

require() {
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not on the PATH; $2"
}

# The first value of a property in pom.xml, where the versions are.
pom_property() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml" | head -n 1
}

# Runs Maven quietly; its words are kept for the case that it fails. Usage: maven WHAT ARGUMENTS...
maven() {
  local what=$1 log=$root/target/maven.log
  shift
  require mvn "install Apache Maven 3.8 or later"
  mkdir -p "$root/target"
  if ! mvn -B -ntp "$@" >"$log" 2>&1 </dev/null; then
    grep '^\[ERROR\]' "$log" | head -n 8 >&2 || true
    fail "$what failed; all of it is in $log"
  fi
}

# Sets jar: the application for spark-submit that fits the Spark which is found. Builds it when it is missing
# or older than its sources; a release has no sources, and its jars in lib/.
find_jar() {
  locate_spark
  choose_line
  build_jar "$line"
  jar=$(newest_jar "$line$variant")
  [[ -n $jar ]] || fail "Spark $spark_version with Scala $scala_version needs the jar inception-spark-*-$line$variant.jar, which is not here"
}

# Sets line, the end of the jar's name; and variant, where Spark's jars have an S3A of their own.
choose_line() {
  case $spark_version-scala-$scala_version in
    3.5.*-scala-2.1[23]) line=spark-3.5-scala-$scala_version ;;
    4.0.*-scala-2.13) line=spark-4.0 ;;
    4.[1-9]*-scala-2.13) line=spark ;;
    *) fail "found Spark $spark_version with Scala $scala_version, $spark_bin; needed: 3.5, or 4 with Scala 2.13" ;;
  esac
  variant=
  if ls "$spark_bin"/../jars/hadoop-aws-*.jar >/dev/null 2>&1; then
    variant=-no-s3a
  fi
}

# Usage: newest_jar ENDING
newest_jar() {
  ls -t "$root"/{lib,target,"target/${1%-no-s3a}"}/inception-spark-*-"$1".jar 2>/dev/null |
    head -n 1 || true
}

# Builds the jars of a line if one is missing or older than its sources. Usage: build_jar LINE
build_jar() {
  local jar profile=()
  [[ -d $root/src ]] || return 0
  jar=$(newest_jar "$1-no-s3a")
  if [[ -n $jar && -z $(find "$root/pom.xml" "$root/src" -type f -newer "$jar" -print 2>/dev/null | head -n 1) ]]; then
    return 0
  fi
  say "Building the jar ($1) with Maven; the first time it downloads Spark, which takes minutes ..."
  case $1 in
    *-scala-*) profile=("-P${1%-scala-*}" "-Dscala.binary.version=${1#*-scala-}") ;;
    spark-*) profile=("-P$1") ;;
  esac
  maven "building the jar" -f "$root/pom.xml" package -DskipTests -Dspotless.check.skip=true ${profile[@]+"${profile[@]}"}
}

# Sets test_classpath: the classes, the tests and all they need, for what is run here and not submitted.
# They are of the newest line, whichever Spark is found.
find_test_classpath() {
  local file=$root/target/test.classpath
  build_jar spark
  if [[ ! -s $file || $root/pom.xml -nt $file ]]; then
    maven "finding the test classpath" -f "$root/pom.xml" dependency:build-classpath \
      -DincludeScope=test "-Dmdep.outputFile=$file"
  fi
  test_classpath=$root/target/test-classes:$root/target/classes:$(cat "$file")
}

# Sets spark_bin, the directory of spark-submit and spark-class: of SPARK_HOME, else from the PATH,
# else, where the sources are, of a home made of Maven artifacts; and spark_version and scala_version.
locate_spark() {
  if [[ -n ${SPARK_HOME:-} ]]; then
    spark_bin=$SPARK_HOME/bin
    [[ -x $spark_bin/spark-submit ]] || fail "SPARK_HOME is $SPARK_HOME, which has no bin/spark-submit"
    find_versions
  elif command -v spark-submit >/dev/null 2>&1; then
    spark_bin=$(dirname "$(command -v spark-submit)")
    find_versions
  elif [[ ! -f $root/pom.xml ]]; then
    say "$(basename "$0"): found no Spark: SPARK_HOME is not set, and spark-submit is not on the PATH"
    exit 1
  else
    spark_bin=$root/target/spark-home/bin
    spark_version=$(pom_property spark.version)
    scala_version=$(pom_property scala.binary.version)
  fi
  require_java
  require_user
  require_host_name
}

# As the name of a jar says them, such as spark-core_2.13-4.1.0.jar, else as Spark does, which takes seconds.
find_versions() {
  local core words
  core=$(ls "$spark_bin"/../jars 2>/dev/null | sed -n 's/^spark-core_\(.*\)\.jar$/\1/p' | head -n 1 || true)
  if [[ -n $core ]]; then
    scala_version=${core%%-*}
    spark_version=${core#*-}
    return
  fi
  words=$("$spark_bin/spark-submit" --version 2>&1 </dev/null || true)
  spark_version=$(sed -n 's/.*version \([0-9][^ ]*\)$/\1/p' <<<"$words" | head -n 1)
  scala_version=$(sed -n 's/.*Scala version \([0-9]*\.[0-9]*\).*/\1/p' <<<"$words" | head -n 1)
  [[ -n $spark_version && -n $scala_version ]] || fail "$spark_bin/spark-submit --version does not say which Spark it is"
}

# From Java 24 on, Spark before 4.2 ends before any job of it begins, with words about getSubject.
require_java() {
  local java
  case $spark_version in
    3.* | 4.0.* | 4.1.*) ;;
    *) return 0 ;;
  esac
  java=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" -XshowSettings:properties -version 2>&1 |
    sed -n 's/.*java\.specification\.version = \([0-9]*\).*/\1/p' || true)
  [[ -z $java ]] || ((java < 24)) ||
    { say "$(basename "$0"): Spark $spark_version does not run on Java $java; needed: Java 17 or 21, or Spark 4.2 and later"; exit 1; }
}

# Hadoop asks the system for this user's name; without one, as in containers with a user of their own, Spark
# ends in a stack of Java about a null.
require_user() {
  id -un >/dev/null 2>&1 ||
    { say "$(basename "$0"): user $(id -u) has no name on this machine, which Hadoop needs: add a line for it to /etc/passwd"; exit 1; }
}

# Spark looks up this machine's name as it starts, and ends in a stack of Java where nothing knows it.
require_host_name() {
  local name
  name=$(uname -n)
  [[ -n ${SPARK_LOCAL_IP:-} ]] || ! command -v getent >/dev/null 2>&1 || getent ahosts "$name" >/dev/null ||
    { say "$(basename "$0"): this machine's name, $name, has no address, which Spark needs: add it to /etc/hosts or set SPARK_LOCAL_IP"; exit 1; }
}

# As locate_spark, and assembles the home if there is neither another Spark nor one yet.
find_spark() {
  locate_spark
  if [[ ! -x $spark_bin/spark-submit ]]; then
    require java "install a JDK 17"
    assemble_spark_home
  fi
}

# The jars of Spark from Maven, and what starts them. Made beside and moved, so that it is whole or absent.
assemble_spark_home() {
  local home=$root/target/spark-home new=$root/target/spark-home.new version scala
  version=$(pom_property spark.version)
  scala=$(pom_property scala.binary.version)
  say "No Spark found: assembling Spark $version from Maven artifacts in target/spark-home (330 MB) ..."
  rm -rf "$new" "$home"
  maven "assembling Spark" -f "$root/jobs/lib/spark-home.xml" dependency:copy-dependencies \
    "-Dspark.version=$version" "-Dscala.binary.version=$scala" "-DoutputDirectory=$new/jars"
  mkdir -p "$new/bin" "$new/conf"
  cp "$root/jobs/lib/spark-class" "$root/jobs/lib/spark-submit" "$new/bin/"
  chmod +x "$new/bin/spark-class" "$new/bin/spark-submit"
  cp "$root/conf/log4j2.properties.template" "$new/conf/log4j2.properties"
  mv "$new" "$home"
  archive_classes "$home"
}

# Labels a photograph, and keeps the classes that Java has loaded by then in an archive (CDS), from which
# spark-class starts a third faster. Without it everything works, so whatever goes wrong here ends nothing.
# Java 17 keeps next to no classes of a path that has other characters in a URL, such as a space.
archive_classes() {
  local home=$1 work=$root/target/spark-home.new
  [[ -n ${jar:-} && -d $root/src/quickstart && $home != *[!A-Za-z0-9_./~+@,=-]* ]] || return 0
  say "Making an archive of Spark's classes, for faster starts ..."
  mkdir -p "$work"
  (
    unset SPARK_CONF_DIR HADOOP_CONF_DIR YARN_CONF_DIR SPARK_DIST_CLASSPATH
    export SPARK_LOCAL_IP=127.0.0.1 SPARK_SUBMIT_OPTS="\"-XX:ArchiveClassesAtExit=$work/classes.jsa\""
    "$home/bin/spark-submit" --master 'local[2]' --conf spark.ui.enabled=false "$jar" label \
      --input "$root/src/quickstart/photos/chelsea.jpg" --output "$work/labels" \
      --weights "$root/src/quickstart/model/model.json" --report "$work/report.html"
  ) >"$root/target/class-archive.log" 2>&1 </dev/null &&
    wc -c <"$work/classes.jsa" >"$home/classes.jsa.length" && mv "$work/classes.jsa" "$home/classes.jsa" ||
    say "No archive; all works without, seconds slower. Why is in target/class-archive.log"
  rm -rf "$work"
}

# Whether the Spark that was found has its SQL shell; Maven's artifacts of Spark do not.
has_spark_sql() {
  [[ -x $spark_bin/spark-sql ]] && ls "$spark_bin"/../jars/spark-hive-thriftserver_* >/dev/null 2>&1
}

# Splits arguments at the first " -- " into spark and job; without one, all are the job's.
split_arguments() {
  spark=()
  job=("$@")
  while (($#)) && [[ $1 != -- ]]; do
    spark+=("$1")
    shift
  done
  if (($#)); then
    shift
    job=("$@")
  else
    spark=()
  fi
}

# Gives a command of the jar to spark-submit; does not return. Help needs no Spark session, and gets none.
# On YARN in cluster mode the jar submits itself, as it knows which options name files to ship, and what
# YARN's answers mean.
# Usage: submit COMMAND [SPARK_SUBMIT_ARGUMENT... --] ARGUMENT...
submit() {
  local command=$1 word name
  shift
  split_arguments "$@"
  find_jar
  find_spark
  for word in ${job[@]+"${job[@]}"}; do
    if [[ $word == -h || $word == --help ]]; then
      with_jar exec "$spark_bin/spark-class" org.inceptionspark.cli.Main "$command" "${job[@]}"
    fi
  done
  own_configuration
  name=(--conf "spark.app.name=inception-spark $command")
  if [[ $(spark_setting --master spark.master) == yarn ]]; then
    require_yarn
    if [[ $(spark_setting --deploy-mode spark.submit.deployMode) == cluster ]]; then
      with_jar exec "$spark_bin/spark-class" org.inceptionspark.cli.Submit \
        ${configuration[@]+"${configuration[@]}"} "${name[@]}" ${spark[@]+"${spark[@]}"} -- \
        "$jar" "$command" ${job[@]+"${job[@]}"}
    fi
  fi
  exec "$spark_bin/spark-submit" ${configuration[@]+"${configuration[@]}"} "${name[@]}" \
    ${spark[@]+"${spark[@]}"} "$jar" "$command" ${job[@]+"${job[@]}"}
}

# Puts the jar on the class path of what is started. Usage: with_jar COMMAND ARGUMENT...
with_jar() {
  export SPARK_DIST_CLASSPATH=$jar${SPARK_DIST_CLASSPATH:+:$SPARK_DIST_CLASSPATH}
  "$@"
}

# Prints one of Spark's settings: the last that the arguments have, else the first that a file has.
# Usage: spark_setting OPTION NAME
spark_setting() {
  local option=$1 name=$2 word before="" value="" file
  local files=("$root/conf/spark-defaults.conf" "${SPARK_CONF_DIR:-$(dirname "$spark_bin")/conf}/spark-defaults.conf")
  for word in ${spark[@]+"${spark[@]}"}; do
    case $word in
      --conf=* | --properties-file=* | "$option="*) before=${word%%=*} word=${word#*=} ;;
    esac
    case $before in
      "$option") value=$word ;;
      --conf | -c) [[ $word != "$name="* ]] || value=${word#*=} ;;
      --properties-file) files=("$word" "${files[@]}") ;;
    esac
    before=$word
  done
  for file in "${files[@]}"; do
    [[ -z $value && -r $file ]] || continue
    value=$(sed -n "s/^[[:space:]]*${name//./\\.}[[:space:]=:]\{1,\}\([^[:space:]]*\).*/\1/p" "$file" | tail -n 1)
  done
  printf '%s' "$value"
}

# What spark-submit says without them is a stack of Java.
require_yarn() {
  local jars
  jars=$(dirname "$spark_bin")/jars
  if [[ -d $jars && -z $(find "$jars" -name 'spark-yarn_*.jar' -print | head -n 1) ]]; then
    say "$(basename "$0"): the Spark in $(dirname "$spark_bin") has no YARN in it: no jars/spark-yarn_*.jar"
    exit 1
  fi
  if [[ -z ${HADOOP_CONF_DIR:-}${YARN_CONF_DIR:-} ]]; then
    say "$(basename "$0"): where is YARN? Set HADOOP_CONF_DIR to the directory of yarn-site.xml"
    exit 1
  fi
}

# Gives Spark a configuration of its own below $work, the settings from standard input; nothing that this user
# has set up for a cluster, and nobody else reads it. Usage: isolate_spark < SETTINGS
isolate_spark() {
  unset HADOOP_CONF_DIR YARN_CONF_DIR
  export SPARK_CONF_DIR=$work/conf SPARK_LOCAL_IP=127.0.0.1
  mkdir -p "$SPARK_CONF_DIR"
  cp "$root/jobs/lib/log4j2-to-file.properties" "$SPARK_CONF_DIR/log4j2.properties"
  (umask 077 && cat >"$SPARK_CONF_DIR/spark-defaults.conf")
}

# conf/spark-defaults.conf and conf/log4j2.properties are used when they are there, on top of Spark's own.
# A Spark that has no log4j2.properties, as pip's, would say everything on the screen.
own_configuration() {
  configuration=()
  if [[ -f $root/conf/spark-defaults.conf ]]; then
    configuration=(--load-spark-defaults --properties-file "$root/conf/spark-defaults.conf")
  fi
  local log4j=$root/conf/log4j2.properties
  if [[ ! -f $log4j && ! -f ${SPARK_CONF_DIR:-$spark_bin/../conf}/log4j2.properties ]]; then
    log4j=$root/jobs/lib/log4j2.properties # a release has it; log4j wants a name that ends so
    if [[ ! -f $log4j ]]; then
      log4j=$root/target/log4j2.properties
      cp -f "$root/conf/log4j2.properties.template" "$log4j" 2>/dev/null || true
    fi
  fi
  if [[ -f $log4j ]]; then
    export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} \"-Dlog4j2.configurationFile=$log4j\""
  fi
}

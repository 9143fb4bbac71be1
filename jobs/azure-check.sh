#!/usr/bin/env bash
# Checks the job on Azure's store as far as its emulator goes (Azurite of npm, an account without a hierarchical
# namespace): a night and one with nothing new, a night that is killed and resumed, two that begin at once, a
# search and a compaction, each table compared with one that this machine makes alone.
# Needs Node.js, and to listen on port 80 of loopback: ABFS asks for no other without TLS.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib/spark.sh"
. "$root/jobs/lib/processes.sh"

no_arguments "$@"

work=$root/target/azure-check
log=$work/driver.log
account=devstoreaccount1.blob.core.windows.net
# Of the emulator, which everybody knows.
key=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==
container=abfs://check@$account
model=(--weights "$root/src/quickstart/model/model.json" --labels "$root/src/quickstart/model/labels.txt" --preprocessing slim)

# Sets azure_jars, the client that a site brings along.
find_azure() {
  local version new=$root/target/azure-client.new
  version=$(pom_property hadoop.version)
  azure_jars=$root/target/azure-client/$version
  if [[ ! -d $azure_jars ]]; then
    say "Fetching the client of Hadoop $version for Azure into target/azure-client ..."
    rm -rf "$new"
    maven "fetching the client" -f "$root/jobs/lib/azure.xml" dependency:copy-dependencies \
      "-Dhadoop.version=$version" "-DoutputDirectory=$new"
    mkdir -p "$root/target/azure-client"
    mv "$new" "$azure_jars"
  fi
  if [[ ! -x $root/target/azurite/node_modules/.bin/azurite-blob ]]; then
    require npm "Azurite needs Node.js"
    say "Installing Azurite into target/azurite ..."
    npm install --silent --no-fund --no-audit --prefix "$root/target/azurite" azurite@3.35.0 >"$root/target/npm.log" 2>&1 ||
      fail "Azurite cannot be installed; see target/npm.log"
  fi
}

start_azurite() {
  start azurite "$work/azurite.log" "$root/target/azurite/node_modules/.bin/azurite-blob" --blobHost 127.0.0.1 \
    --blobPort 80 --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent
  wait_for_line azurite "$work/azurite.log" 'successfully listens'
  printf '127.0.0.1 localhost %s %s\n' "$account" "$(hostname)" >"$work/hosts"
}

# Usage: property NAME VALUE
property() {
  printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$2"
}

# What a user sets too is the key; the rest is for an emulator.
configure_spark() {
  isolate_spark <<END
spark.master local[2]
spark.ui.enabled false
spark.driver.memory 2g
spark.driver.extraClassPath $azure_jars/*
spark.driver.extraJavaOptions -Djdk.net.hosts.file=$work/hosts
END
  {
    printf '<configuration>\n'
    property "fs.azure.account.key.$account" "$key"
    property fs.azure.account.hns.enabled false
    property fs.azure.fns.account.service.type BLOB
    property fs.azure.always.use.https false
    property fs.azure.createRemoteFileSystemDuringInitialization true
    printf '</configuration>\n'
  } >"$SPARK_CONF_DIR/core-site.xml"
}

# Usage: store COMMAND_OF_HADOOP_FS ARGUMENT...
store() {
  "${JAVA_HOME:+$JAVA_HOME/bin/}java" "-Djdk.net.hosts.file=$work/hosts" \
    -cp "$SPARK_CONF_DIR:$(dirname "$spark_bin")/jars/*:$azure_jars/*" org.apache.hadoop.fs.FsShell "$@" >>"$log" 2>&1 ||
    fail "hadoop fs $1 failed; see the log $log"
}

# Usage: night TABLE [ARGUMENT...]
night() {
  local table=$1
  shift
  spark_job nightly --input "$container/photos" --output "$container/$table" "${model[@]}" "$@"
}

# Usage: same_as_alone TABLE
same_as_alone() {
  spark_job compare "$container/$1" "$work/alone" >"$work/$1.compare"
}

# What is written to the screen may come a moment after the job has ended. Usage: said FILE TEXT
said() {
  local tenths=0
  until grep -q -e "$2" "$1" || ((++tenths > 50)); do sleep 0.1; done
  ((tenths <= 50)) || { cat "$1" >&2; fail "$(basename "$1") says nothing of: $2"; }
}

kill_a_night() {
  local pid tenths=0
  night killed --commit-every 2 >"$work/killed.txt" 2>&1 &
  pid=$!
  until grep -q 'commit:' "$log"; do
    ((++tenths < 3000)) || fail "the night commits nothing"
    sleep 0.1
  done
  pkill -9 -P "$pid" || true
  wait "$pid" 2>/dev/null || true
}

two_nights_at_once() {
  local first code=0 other=0
  night both --commit-every 2 >"$work/both-1.txt" 2>&1 &
  first=$!
  night both --commit-every 2 >"$work/both-2.txt" 2>&1 &
  wait "$!" || other=$?
  wait "$first" || code=$?
  [[ $code$other == 02 || $code$other == 20 ]] || fail "two nights at once end with $code and $other, not 0 and 2; see $work"
  cat "$work"/both-*.txt >"$work/both.txt"
  said "$work/both.txt" 'is being written by run\|another run has just started'
}

rm -rf "$work"
mkdir -p "$work"
find_jar
find_spark
find_azure
configure_spark
start_azurite
store -mkdir "$container/photos"
store -put "$root"/src/quickstart/photos/{c,f}*.jpg "$container/photos"
say "Labelling on this machine alone, then twice on $container ..."
spark_job label --input "$container/photos" --output "$work/alone" "${model[@]}" >"$work/alone.txt" 2>&1
night labels >"$work/night.txt" 2>&1
night labels >"$work/again.txt" 2>&1
said "$work/again.txt" '^0 images'
same_as_alone labels
say "A night is killed, and resumed ..."
kill_a_night
night killed >"$work/resumed.txt" 2>&1
same_as_alone killed
say "Two nights begin at once ..."
two_nights_at_once
same_as_alone both
say "A search, and a compaction ..."
spark_job search --table "$container/labels" --query chelsea.jpg --k 3 >"$work/search.txt"
spark_job search --table "$work/alone" --query chelsea.jpg --k 3 >"$work/search-alone.txt"
cmp <(sed 's/, in [0-9.]* s$//' "$work/search.txt") <(sed 's/, in [0-9.]* s$//' "$work/search-alone.txt") || fail "the search finds others"
spark_job compact --table "$container/killed" --before 2999-01-01 >"$work/compact.txt" 2>&1
same_as_alone killed
say "The same on Azure's store as on this machine"

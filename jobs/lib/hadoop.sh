# A real HDFS and a real YARN on this machine's loopback, from Maven's artifacts; for yarn-check.sh. Sourced
# after processes.sh, not run.

# Sets hadoop_jars: the servers' jars of the Hadoop that the project is built for. About 90 MB, once.
find_hadoop() {
  local version new=$root/target/hadoop-home.new
  version=$(pom_property hadoop.version)
  hadoop_jars=$root/target/hadoop-home/$version
  [[ -d $hadoop_jars ]] && return
  say "Fetching the servers of Hadoop $version into target/hadoop-home ..."
  rm -rf "$new"
  maven "fetching Hadoop" -f "$root/jobs/lib/hadoop-home.xml" dependency:copy-dependencies \
    "-Dhadoop.version=$version" "-DoutputDirectory=$new"
  mkdir -p "$root/target/hadoop-home"
  mv "$new" "$hadoop_jars"
}

# Usage: property NAME VALUE
property() {
  printf '  <property><name>%s</name><value>%s</value></property>\n' "$1" "$2"
}

# Usage: configuration FILE < PROPERTIES
site() {
  { printf '<configuration>\n'; cat; printf '</configuration>\n'; } >"$1"
}

# Writes a site's configuration: servers that listen on loopback, on ports that are free.
# Usage: configure_hadoop DIRECTORY
configure_hadoop() {
  local dir=$1 ports
  find_ports 13
  namenode=127.0.0.1:${ports[0]}
  resourcemanager=127.0.0.1:${ports[1]}
  HADOOP_CONF_DIR=$dir/conf
  export HADOOP_CONF_DIR
  # The pages that the servers show are in their distribution only; empty ones do.
  mkdir -p "$HADOOP_CONF_DIR"/webapps/{hdfs,datanode,static} "$dir/logs"
  cat >"$HADOOP_CONF_DIR/log4j.properties" <<'END'
log4j.rootLogger=INFO,console
log4j.appender.console=org.apache.log4j.ConsoleAppender
log4j.appender.console.target=System.err
log4j.appender.console.layout=org.apache.log4j.PatternLayout
log4j.appender.console.layout.ConversionPattern=%d{ISO8601} %p %c{2}: %m%n
END
  {
    property fs.defaultFS "hdfs://$namenode"
    property hadoop.tmp.dir "$dir/tmp"
    property fs.viewfs.mounttable.check.link./here "hdfs://$namenode/"
    property fs.permissions.umask-mode 027
  } | site "$HADOOP_CONF_DIR/core-site.xml"
  {
    property dfs.replication 1
    property dfs.namenode.name.dir "file://$dir/namenode"
    property dfs.datanode.data.dir "file://$dir/datanode"
    property dfs.namenode.rpc-address "$namenode"
    property dfs.namenode.http-address "127.0.0.1:${ports[2]}"
    property dfs.datanode.address "127.0.0.1:${ports[3]}"
    property dfs.datanode.ipc.address "127.0.0.1:${ports[4]}"
    property dfs.datanode.http.address "127.0.0.1:${ports[5]}"
    property dfs.datanode.hostname localhost
    property dfs.namenode.fs-limits.min-block-size 65536
  } | site "$HADOOP_CONF_DIR/hdfs-site.xml"
  {
    property yarn.resourcemanager.hostname 127.0.0.1
    property yarn.resourcemanager.address "$resourcemanager"
    property yarn.resourcemanager.scheduler.address "127.0.0.1:${ports[6]}"
    property yarn.resourcemanager.resource-tracker.address "127.0.0.1:${ports[7]}"
    property yarn.resourcemanager.admin.address "127.0.0.1:${ports[8]}"
    property yarn.resourcemanager.webapp.address "127.0.0.1:${ports[9]}"
    property yarn.nodemanager.hostname 127.0.0.1
    property yarn.nodemanager.address "127.0.0.1:${ports[10]}"
    property yarn.nodemanager.localizer.address "127.0.0.1:${ports[11]}"
    property yarn.nodemanager.webapp.address "127.0.0.1:${ports[12]}"
    property yarn.nodemanager.local-dirs "$dir/nodemanager"
    property yarn.nodemanager.log-dirs "$dir/containers"
    property yarn.nodemanager.resource.memory-mb 9216
    property yarn.nodemanager.resource.cpu-vcores 8
    property yarn.nodemanager.delete.debug-delay-sec 3600
    property yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage 99
    property yarn.nodemanager.vmem-check-enabled false
    property yarn.scheduler.minimum-allocation-mb 256
    property yarn.scheduler.maximum-allocation-mb 8192
    property yarn.log-aggregation-enable true
    property yarn.nodemanager.remote-app-log-dir /tmp/logs
  } | site "$HADOOP_CONF_DIR/yarn-site.xml"
  {
    property yarn.scheduler.capacity.root.queues default
    property yarn.scheduler.capacity.root.default.capacity 100
    property yarn.scheduler.capacity.maximum-am-resource-percent 0.9
  } | site "$HADOOP_CONF_DIR/capacity-scheduler.xml"
}

# Sets ports: so many that nobody listens on. Usage: find_ports COUNT
find_ports() {
  local port
  ports=()
  while ((${#ports[@]} < $1)); do
    port=$((20000 + RANDOM % 12000))
    [[ " ${ports[*]-} " == *" $port "* ]] || (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || ports+=("$port")
  done
}

# Runs a class of Hadoop in the site's configuration. Usage: hadoop CLASS ARGUMENT...
hadoop() {
  (exec_hadoop "$@")
}

# Usage: hdfs dfs|dfsadmin ARGUMENT...
hdfs() {
  local class=org.apache.hadoop.fs.FsShell
  [[ $1 == dfs ]] || class=org.apache.hadoop.hdfs.tools.DFSAdmin
  shift
  hadoop "$class" "$@" 2>>"$logs/hdfs.log"
}

# Usage: start_server NAME CLASS LINE
start_server() {
  say "  $1"
  start "$1" "$logs/$1.log" exec_hadoop "$2"
  wait_for_line "$1" "$logs/$1.log" "$3"
}

# The process that is started is Java itself, so that it can be stopped.
exec_hadoop() {
  exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -Djava.net.preferIPv4Stack=true \
    --add-opens java.base/java.lang=ALL-UNNAMED --add-opens java.base/java.util=ALL-UNNAMED \
    -cp "$HADOOP_CONF_DIR:$hadoop_jars/*" "$@"
}

start_hdfs() {
  hadoop org.apache.hadoop.hdfs.server.namenode.NameNode -format >"$logs/format.log" 2>&1
  start_server namenode org.apache.hadoop.hdfs.server.namenode.NameNode 'NameNode RPC up at'
  start_server datanode org.apache.hadoop.hdfs.server.datanode.DataNode 'successfully registered with NN'
}

start_yarn() {
  start_server resourcemanager org.apache.hadoop.yarn.server.resourcemanager.ResourceManager \
    'Transitioned to active state'
  start_server nodemanager org.apache.hadoop.yarn.server.nodemanager.NodeManager \
    'Registered with ResourceManager as'
}

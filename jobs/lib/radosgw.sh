# A real Ceph object gateway on this machine, in memory, from Debian's packages; for s3-check.sh. Sourced
# after processes.sh, not run.

have_radosgw() {
  command -v radosgw >/dev/null 2>&1 && command -v ceph-mon >/dev/null 2>&1 \
    && command -v ceph-osd >/dev/null 2>&1 && command -v ceph >/dev/null 2>&1
}

free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '%s' "$port"
}

# One monitor, one store of objects in memory, one gateway, on loopback only and without authentication
# among themselves. The gateway speaks TLS: over plain HTTP this Ceph does not know the signatures that
# AWS's library puts on uploads. Sets endpoint and certificate, and exports the keys of a new user.
# Usage: start_radosgw DIRECTORY
start_radosgw() {
  local dir=$1 port fsid uuid user
  mkdir -p "$dir/mon" "$dir/osd" "$dir/rgw" "$dir/run"
  fsid=$(cat /proc/sys/kernel/random/uuid)
  uuid=$(cat /proc/sys/kernel/random/uuid)
  gateway_port=$(free_port)
  port=$(free_port)
  certificate=$dir/certificate.pem
  make_certificate "$dir"
  export CEPH_CONF=$dir/ceph.conf
  cat >"$CEPH_CONF" <<END
[global]
fsid = $fsid
mon_host = v1:127.0.0.1:$port
mon_initial_members = a
public_addr = 127.0.0.1
auth_cluster_required = none
auth_service_required = none
auth_client_required = none
run_dir = $dir/run
log_file = $dir/\$name.log
admin_socket = $dir/run/\$name.asok
mon_data = $dir/mon
osd_data = $dir/osd
osd_objectstore = memstore
memstore_device_bytes = 1073741824
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 8
osd_pool_default_pgp_num = 8
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
[client.rgw]
rgw_data = $dir/rgw
rgw_frontends = beast ssl_endpoint=127.0.0.1:$gateway_port ssl_certificate=$certificate ssl_private_key=$dir/key.pem tcp_nodelay=1
END
  monmaptool --create --fsid "$fsid" --addv a "[v1:127.0.0.1:$port]" "$dir/monmap" >"$dir/mkfs.log" 2>&1
  ceph-mon --mkfs -i a --monmap "$dir/monmap" >>"$dir/mkfs.log" 2>&1
  start monitor "$dir/mon.out" ceph-mon -f -i a
  ceph_ready "$dir"
  ceph osd new "$uuid" >>"$dir/mkfs.log" 2>&1
  ceph-osd -i 0 --mkfs --osd-uuid "$uuid" >>"$dir/mkfs.log" 2>&1
  start objects "$dir/osd.out" ceph-osd -f -i 0
  start gateway "$dir/rgw.out" radosgw -f -n client.rgw
  endpoint=https://127.0.0.1:$gateway_port
  until curl -sk -m 2 "$endpoint" >/dev/null; do
    kill -0 "$pid_gateway" 2>/dev/null || fail "the gateway has ended early; see $dir"
    ((++tenths < 900)) || fail "the gateway was not ready after 90 seconds; see $dir"
    sleep 0.1
  done
  user=$(radosgw-admin -n client.rgw user create --uid=check --display-name=check 2>>"$dir/mkfs.log")
  AWS_ACCESS_KEY_ID=$(sed -n 's/.*"access_key": "\(.*\)".*/\1/p' <<<"$user")
  AWS_SECRET_ACCESS_KEY=$(sed -n 's/.*"secret_key": "\(.*\)".*/\1/p' <<<"$user")
  export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}

tenths=0
ceph_ready() {
  until ceph --connect-timeout 2 -s >/dev/null 2>&1; do
    ((++tenths < 30)) || fail "Ceph's monitor does not answer; see $1"
  done
}

make_certificate() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$1/key.pem" -out "$certificate" >/dev/null 2>&1
}

# Sets trust: the options for a JVM that shall believe the gateway. Usage: trust_certificate DIRECTORY
trust_certificate() {
  "${JAVA_HOME:+$JAVA_HOME/bin/}keytool" -importcert -noprompt -alias gateway -file "$certificate" \
    -keystore "$1/trust.p12" -storetype PKCS12 -storepass gateway >/dev/null 2>&1
  trust="-Djavax.net.ssl.trustStore=$1/trust.p12 -Djavax.net.ssl.trustStorePassword=gateway"
}

#!/usr/bin/env bash
# Copies the primary the first time, and follows it from then on. After `pg_ctl promote` it stays what it became.
set -eu

data=${PGDATA:-/var/lib/postgresql/data}
if [ ! -s "$data/PG_VERSION" ]; then
    until pg_basebackup --pgdata "$data" --write-recovery-conf --checkpoint fast \
        --dbname 'host=primary user=parlance application_name=standby'; do
        sleep 2
    done
    chmod 700 "$data"
fi
# It has the primary's settings; once promoted, it must not wait for a standby that it does not have.
exec postgres -D "$data" -c synchronous_standby_names=

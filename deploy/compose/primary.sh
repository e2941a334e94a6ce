#!/usr/bin/env bash
# Run once by the image, after the database is made: lets the standby in, and has every commit wait for it from the next start on.
set -eu

echo 'host replication parlance all scram-sha-256' >>"$PGDATA/pg_hba.conf"
psql --username parlance --dbname parlance --set ON_ERROR_STOP=1 \
    --command "ALTER SYSTEM SET synchronous_standby_names = 'standby'"

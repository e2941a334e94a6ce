//! Every statement of this engine, in the SQL that PostgreSQL, Citus, Yugabyte and CockroachDB share.
//!
//! Multi-row INSERT, ON CONFLICT, UPDATE and DELETE by full key, range SELECT with LIMIT. No advisory locks, LISTEN, sequences,
//! triggers or SKIP LOCKED; a test reads this file for them.

use crate::Family;

/// The version of the tables that this program makes and knows.
pub(super) const SCHEMA: u64 = STEPS.len() as u64;

/// What leads from each version of the tables to the next, from none on. Steps are only ever added.
pub(super) const STEPS: [&str; 1] = [TABLES];

/// A statement that takes longer is given up by the database, and so is a transaction that nobody goes on with: a node that
/// hangs must not hold rows that others want to write. Nor do they wait for long for such rows.
pub(super) const PATIENCE: &str = "SET statement_timeout = '30s'; SET lock_timeout = '5s'; \
     SET idle_in_transaction_session_timeout = '3s'";

/// Rows are looked up by their key. A plan made while a table was empty, as it is in a new database until it is analysed, would
/// rather read all of it, and is kept for as long as the connection lives. What is not PostgreSQL may not know these settings.
pub(super) const BY_KEY: &str =
    "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off";

/// The tables of version 1. Running it again changes nothing.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS parlance_fenced (
    partition bytea NOT NULL, key bytea NOT NULL, value bytea NOT NULL,
    version bigint NOT NULL, token bytea, expires bigint,
    PRIMARY KEY (partition, key));
CREATE TABLE IF NOT EXISTS parlance_registers (
    partition bytea NOT NULL, key bytea NOT NULL, value bytea NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (partition, key));
CREATE TABLE IF NOT EXISTS parlance_blind (
    partition bytea NOT NULL, key bytea NOT NULL, value bytea NOT NULL,
    expires bigint,
    PRIMARY KEY (partition, key));
CREATE INDEX IF NOT EXISTS parlance_fenced_expires ON parlance_fenced (expires) WHERE expires IS NOT NULL;
CREATE INDEX IF NOT EXISTS parlance_blind_expires ON parlance_blind (expires) WHERE expires IS NOT NULL;";

/// Guards that want no row there; an expired one is none. Answers those that hold.
/// $1 partitions, $2 keys, $3 values, $4 tokens, $5 expiries, $6 now.
pub(super) const GUARD_ABSENT: &str = "
INSERT INTO parlance_fenced (partition, key, value, version, token, expires)
SELECT p, k, v, 1, t, e FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bytea[], $5::bigint[]) AS u(p, k, v, t, e)
ON CONFLICT (partition, key) DO UPDATE
SET value = excluded.value, version = 1, token = excluded.token, expires = excluded.expires
WHERE parlance_fenced.expires <= $6
RETURNING partition";

/// A guard that wants a version. Changes one row if it holds.
/// $1 partition, $2 key, $3 value, $4 token, $5 expiry, $6 the version it wants, $7 now.
pub(super) const GUARD_VERSION: &str = "
UPDATE parlance_fenced SET value = $3, version = $6 + 1, token = $4, expires = $5
WHERE partition = $1 AND key = $2 AND version = $6 AND (expires IS NULL OR expires > $7)";

/// The other rows of commits. $1 partitions, $2 keys, $3 values, $4 expiries.
pub(super) const PUT_FENCED: &str = "
INSERT INTO parlance_fenced (partition, key, value, version, token, expires)
SELECT p, k, v, 0, NULL, e FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[]) AS u(p, k, v, e)
ON CONFLICT (partition, key) DO UPDATE
SET value = excluded.value, version = 0, token = NULL, expires = excluded.expires";

/// $1 partitions, $2 keys, $3 values, $4 expiries.
pub(super) const PUT_BLIND: &str = "
INSERT INTO parlance_blind (partition, key, value, expires)
SELECT p, k, v, e FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[]) AS u(p, k, v, e)
ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value, expires = excluded.expires";

/// $1 partitions, $2 keys.
pub(super) const DELETE_FENCED: &str = "
DELETE FROM parlance_fenced WHERE (partition, key) IN (SELECT * FROM unnest($1::bytea[], $2::bytea[]))";

/// $1 partitions, $2 keys.
pub(super) const DELETE_BLIND: &str = "
DELETE FROM parlance_blind WHERE (partition, key) IN (SELECT * FROM unnest($1::bytea[], $2::bytea[]))";

/// Raises registers. $1 partitions, $2 keys, $3 values, $4 numbers.
pub(super) const RAISE: &str = "
INSERT INTO parlance_registers (partition, key, value, version)
SELECT p, k, v, n FROM unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[]) AS u(p, k, v, n)
ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value, version = excluded.version
WHERE parlance_registers.version < excluded.version";

/// What a family's rows look like to a reader, and which of them count at the time in the parameter `now`.
fn columns(family: Family, now: &str) -> (&'static str, &'static str, String) {
    let lives = format!("(expires IS NULL OR expires > {now})");
    match family {
        Family::Fenced => ("parlance_fenced", "version, token", lives),
        Family::Register => {
            ("parlance_registers", "version, NULL::bytea", format!("{now}::bigint IS NOT NULL"))
        }
        Family::Blind => ("parlance_blind", "0::bigint, NULL::bytea", lives),
    }
}

/// Rows by their full names, with the place of each among those asked. $1 partitions, $2 keys, $3 places, $4 now; the next
/// family's begin after them.
pub(super) fn select_many(families: &[Family]) -> String {
    let part = |(at, family): (usize, &Family)| {
        let from = 1 + at * 3;
        let now = format!("${}", 1 + families.len() * 3);
        let (table, shown, lives) = columns(*family, &now);
        format!(
            "SELECT o, t.key, value, {shown} FROM unnest(${}::bytea[], ${}::bytea[], ${}::int[]) AS u(p, k, o) \
             JOIN {table} t ON t.partition = p AND t.key = k WHERE {lives}",
            from,
            from + 1,
            from + 2,
        )
    };
    families.iter().enumerate().map(part).collect::<Vec<_>>().join(" UNION ALL ")
}

/// A stretch of a partition in the order of its keys. $1 partition, $2 the first key, $3 limit, $4 now, $5 the end if there
/// is one.
pub(super) fn select_range(family: Family, reverse: bool, ends: bool) -> String {
    let (table, shown, lives) = columns(family, "$4");
    let below = if ends { "AND key < $5" } else { "" };
    let order = if reverse { "DESC" } else { "ASC" };
    format!(
        "SELECT 0::int, key, value, {shown} FROM {table} \
         WHERE partition = $1 AND key >= $2 {below} AND {lives} ORDER BY key {order} LIMIT $3"
    )
}

/// All rows of a table after one, in the order of their names. $1 its partition, $2 its key, $3 limit, $4 now.
pub(super) fn select_page(family: Family) -> String {
    let (table, shown, lives) = columns(family, "$4");
    let expires = if family == Family::Register { "NULL::bigint" } else { "expires" };
    format!(
        "SELECT partition, key, value, {shown}, {expires} FROM {table} \
         WHERE (partition, key) > ($1, $2) AND {lives} ORDER BY partition, key LIMIT $3"
    )
}

/// Whether there is any row of the program's. $1 the engine's own partition.
pub(super) const HOLDS_ANY: &str = "
SELECT EXISTS (SELECT 1 FROM parlance_fenced) OR EXISTS (SELECT 1 FROM parlance_blind)
OR EXISTS (SELECT 1 FROM parlance_registers WHERE partition <> $1)";

/// Rows by their full names, with all that is kept of them. $1 partitions, $2 keys, $3 now.
pub(super) fn select_kept(family: Family) -> String {
    let (table, shown, lives) = columns(family, "$3");
    let expires = if family == Family::Register { "NULL::bigint" } else { "expires" };
    format!(
        "SELECT partition, key, value, {shown}, {expires} FROM {table} \
         JOIN unnest($1::bytea[], $2::bytea[]) AS u(p, k) ON partition = p AND key = k WHERE {lives}"
    )
}

/// Rows of another store, with all it keeps of them, in place of what is there.
/// $1 partitions, $2 keys, $3 values, $4 versions, $5 tokens, $6 expiries.
pub(super) fn put_kept(family: Family) -> String {
    let (table, columns, taken) = match family {
        Family::Fenced => ("parlance_fenced", "version, token, expires", "n, t, e"),
        Family::Register => ("parlance_registers", "version", "n"),
        Family::Blind => ("parlance_blind", "expires", "e"),
    };
    let set: Vec<String> =
        columns.split(", ").map(|column| format!("{column} = excluded.{column}")).collect();
    format!(
        "INSERT INTO {table} (partition, key, value, {columns}) SELECT p, k, v, {taken} FROM \
         unnest($1::bytea[], $2::bytea[], $3::bytea[], $4::bigint[], $5::bytea[], $6::bigint[]) \
         AS u(p, k, v, n, t, e) \
         ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value, {}",
        set.join(", ")
    )
}

/// Drops rows that another store does not have. $1 partitions, $2 keys.
pub(super) fn drop_kept(family: Family) -> String {
    let (table, ..) = columns(family, "0");
    format!("DELETE FROM {table} WHERE (partition, key) IN (SELECT * FROM unnest($1::bytea[], $2::bytea[]))")
}

/// All rows but the engine's own, which is given. What was copied before a copy broke off is nobody's yet.
pub(super) const EMPTY: [&str; 2] =
    ["TRUNCATE parlance_fenced, parlance_blind", "DELETE FROM parlance_registers WHERE partition <> $1"];

/// The text of one of the engine's own rows. $1 partition, $2 key.
pub(super) const NOTED: &str = "
SELECT value FROM parlance_registers WHERE partition = $1 AND key = $2";

/// Writes such a row. $1 partition, $2 key, $3 text.
pub(super) const NOTE: &str = "
INSERT INTO parlance_registers (partition, key, value, version) VALUES ($1, $2, $3, 1)
ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value, version = parlance_registers.version + 1";

/// Writes it anew as it is. $1 partition, $2 key.
pub(super) const NOTE_AGAIN: &str = "
UPDATE parlance_registers SET version = version + 1 WHERE partition = $1 AND key = $2";

/// Drops it if it was not written anew. $1 partition, $2 key, $3 the number it had.
pub(super) const UNNOTE: &str = "
DELETE FROM parlance_registers WHERE partition = $1 AND key = $2 AND version = $3";

/// Whether there may be tables of the program.
pub(super) const HAS_TABLES: &str = "
SELECT EXISTS (SELECT 1 FROM information_schema.tables
WHERE table_schema = current_schema() AND table_name = 'parlance_registers')";

/// Notes the version of the tables. $1 partition, $2 key, $3 version.
pub(super) const NOTE_SCHEMA: &str = "
INSERT INTO parlance_registers (partition, key, value, version) VALUES ($1, $2, '', $3)
ON CONFLICT (partition, key) DO UPDATE SET version = excluded.version
WHERE parlance_registers.version < excluded.version";

/// The number of a register: the version noted, the end of the lease. $1 partition, $2 key.
pub(super) const NUMBER: &str = "
SELECT version FROM parlance_registers WHERE partition = $1 AND key = $2";

/// Takes the lease if nobody has it. $1 partition, $2 key, $3 who, $4 for how long in milliseconds.
pub(super) const TAKE_LEASE: &str = "
INSERT INTO parlance_registers (partition, key, value, version)
VALUES ($1, $2, $3, (extract(epoch FROM now()) * 1000)::bigint + $4)
ON CONFLICT (partition, key) DO UPDATE SET value = excluded.value, version = excluded.version
WHERE parlance_registers.version <= (extract(epoch FROM now()) * 1000)::bigint";

/// Keeps the lease, however late. $1 partition, $2 key, $3 who, $4 for how long in milliseconds; 0 gives it back.
pub(super) const KEEP_LEASE: &str = "
UPDATE parlance_registers SET version = (extract(epoch FROM now()) * 1000)::bigint + $4
WHERE partition = $1 AND key = $2 AND value = $3";

/// Expired rows, a few at a time. $1 now, $2 how many. What is asked twice is what a DELETE that had to wait for another
/// transaction asks again: that one may have written the row anew.
pub(super) const EXPIRED: [&str; 2] = [
    "DELETE FROM parlance_fenced WHERE expires <= $1 AND (partition, key) IN \
     (SELECT partition, key FROM parlance_fenced WHERE expires <= $1 LIMIT $2)",
    "DELETE FROM parlance_blind WHERE expires <= $1 AND (partition, key) IN \
     (SELECT partition, key FROM parlance_blind WHERE expires <= $1 LIMIT $2)",
];

#[cfg(test)]
mod tests {
    #[test]
    fn only_sql_that_all_share() {
        let text = include_str!("sql.rs").split("#[cfg(test)]").next().unwrap().to_lowercase();
        let statements = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let statements: String = statements.collect::<Vec<_>>().join("\n");
        for banned in
            ["advisory", "listen", "notify", "nextval", "serial", "trigger", "skip locked", "for update"]
        {
            assert!(!statements.contains(banned), "{banned}");
        }
    }
}

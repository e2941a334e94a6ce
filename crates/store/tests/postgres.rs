//! The PostgreSQL engine on a real server: the suite, what it refuses to open, and that nothing acknowledged is lost when
//! connections or the server die.

#![allow(clippy::unwrap_used)]

#[path = "support/database.rs"]
mod database;
#[path = "postgres/standby.rs"]
mod standby;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use database::Database;
use parlance_store::conformance::conformance;
use parlance_store::{
    Clock, Commit, Durability, Error, Family, Guard, Level, Outcome, Postgres, PostgresOptions, Put, Range,
    RowKey, Store,
};

/// A connection outside of any store.
async fn connect(database: &Database, name: &str) -> tokio_postgres::Client {
    let connected = tokio_postgres::connect(&database.url(name), tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    tokio::spawn(connection);
    client
}

/// Runs a statement outside of any store.
async fn execute(database: &Database, name: &str, statement: &str) {
    let connected = tokio_postgres::connect(&database.url(name), tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    let connection = tokio::spawn(connection);
    client.execute(statement, &[]).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

async fn open(database: &Database, name: &str, clock: Clock) -> Result<Postgres, Error> {
    Postgres::open(&database.url(name), PostgresOptions { clock, ..PostgresOptions::default() }).await
}

async fn fresh(database: &Database, name: &str) -> Postgres {
    execute(database, "postgres", &format!("CREATE DATABASE {name}")).await;
    open(database, name, Clock::system()).await.unwrap()
}

fn index(n: u64) -> bytes::Bytes {
    n.to_be_bytes().to_vec().into()
}

/// The commit of entry `n` of a log, by somebody with this token.
fn entry(log: &str, n: u64, token: u8) -> Commit {
    Commit {
        partition: log.as_bytes().to_vec().into(),
        guard: Guard::Absent(index(n)),
        puts: vec![Put::new(index(n), vec![token]), Put::new(format!("also {n}"), "beside")],
        deletes: Vec::new(),
        token: [token; 16],
        along: vec![parlance_store::Write::Put { partition: "marks".into(), put: Put::new(index(n), "") }],
        durability: Durability::Durable,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_passes_the_suite() {
    let database = Database::start(&[]);
    let count = AtomicU32::new(0);
    let last = std::sync::Mutex::new(String::new());
    let make = async |clock: Clock| {
        let name = format!("store{}", count.fetch_add(1, Ordering::Relaxed));
        execute(&database, "postgres", &format!("CREATE DATABASE {name}")).await;
        last.lock().unwrap().clone_from(&name);
        open(&database, &name, clock).await.unwrap()
    };
    let reopen = async |_: Postgres| {
        let name = last.lock().unwrap().clone();
        open(&database, &name, Clock::system()).await.unwrap()
    };
    conformance(make, reopen).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_program_works_on_a_database_at_a_time() {
    let database = Database::start(&[]);
    let first = fresh(&database, "one").await;
    let second = open(&database, "one", Clock::system()).await;
    assert!(matches!(second, Err(Error::Locked(_))));
    first.close().await.unwrap();
    let second = open(&database, "one", Clock::system()).await.unwrap();
    // Somebody takes the lease by force: who had it must end.
    execute(&database, "one", "UPDATE parlance_registers SET value = 'x' WHERE value <> ''").await;
    let failed = tokio::time::timeout(Duration::from_secs(10), second.failed()).await;
    assert!(matches!(failed, Ok(Error::Poisoned(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_share_a_database_and_keep_everybody_else_out() {
    let database = Database::start(&[]);
    execute(&database, "postgres", "CREATE DATABASE shared").await;
    let shared = || PostgresOptions { shared: true, ..PostgresOptions::default() };
    let url = database.url("shared");
    let first = Postgres::open(&url, shared()).await.unwrap();
    let second = Postgres::open(&url, shared()).await.unwrap();
    assert!(matches!(open(&database, "shared", Clock::system()).await, Err(Error::Locked(_))));
    first.close().await.unwrap();
    assert!(matches!(open(&database, "shared", Clock::system()).await, Err(Error::Locked(_))), "one is left");
    let third = Postgres::open(&url, shared()).await.unwrap();
    for node in [second, third] {
        node.close().await.unwrap();
    }
    // The lease of the last one runs out, and nobody else's is taken.
    let alone = open(&database, "shared", Clock::system()).await.unwrap();
    assert!(matches!(Postgres::open(&url, shared()).await, Err(Error::Locked(_))));
    alone.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_lose_data_is_refused() {
    let database = Database::start(&["fsync=off"]);
    let refused = open(&database, "postgres", Clock::system()).await.err().unwrap().to_string();
    assert!(refused.contains("fsync is off"), "{refused}");
    let newer = Database::start(&[]);
    open(&newer, "postgres", Clock::system()).await.unwrap().close().await.unwrap();
    execute(&newer, "postgres", "UPDATE parlance_registers SET version = 2 WHERE value = ''").await;
    let refused = open(&newer, "postgres", Clock::system()).await.err().unwrap();
    assert!(matches!(refused, Error::NewerVersion(_)), "{refused}");
    let wrong = Postgres::open("postgres://u:secret@127.0.0.1:1/x y z", PostgresOptions::default()).await;
    assert!(!wrong.err().unwrap().to_string().contains("secret"));
    let nobody = Postgres::open("postgres://u:secret@127.0.0.1:1/x", PostgresOptions::default()).await;
    let why = nobody.err().unwrap().to_string();
    assert!(why.contains("refused") && !why.contains("secret"), "{why}");
    let unknown = Postgres::open(&newer.url("nowhere"), PostgresOptions::default()).await;
    let why = unknown.err().unwrap().to_string();
    assert!(why.contains("\"nowhere\" does not exist"), "{why}");
}

/// The number that a query answers.
async fn number(client: &tokio_postgres::Client, query: &str) -> i64 {
    client.query_one(query, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_found_by_their_key_also_with_plans_made_while_tables_were_empty() {
    const ROWS: u64 = 20_000;
    let database = Database::start(&["autovacuum=off"]);
    let store = fresh(&database, "planned").await;
    let fenced = |n| RowKey { family: Family::Fenced, partition: "log".into(), key: index(n) };
    let blind = |n| RowKey { family: Family::Blind, partition: "blind".into(), key: index(n) };
    let put = |n| parlance_store::Write::Put { partition: "blind".into(), put: Put::new(index(n), "value") };
    let remove = |n| parlance_store::Write::Delete { partition: "blind".into(), key: index(n) };
    // Looks for some rows and deletes another, often enough for every connection to keep its plan.
    let use_it = async |from: u64| {
        for n in from..from + 200 {
            let found = store.multi_get(&[fenced(n), blind(n)], Level::Serial).await.unwrap();
            assert_eq!(found.iter().flatten().count(), if from == 0 { 0 } else { 2 }, "{n}");
            store.write(vec![remove(n)], Durability::Durable).await.unwrap();
        }
    };
    use_it(0).await;
    for from in (0..ROWS).step_by(500) {
        let mut log = entry("log", ROWS + from, 7);
        log.puts.extend((from..from + 500).map(|n| Put::new(index(n), "value")));
        store.commit(log).await.unwrap();
        store.write((from..from + 500).map(put).collect(), Durability::Durable).await.unwrap();
    }
    let client = connect(&database, "planned").await;
    let read = "SELECT sum(seq_tup_read)::bigint FROM pg_stat_user_tables";
    use_it(ROWS / 2).await;
    store.close().await.unwrap();
    // What connections did is counted when they end.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let lines = number(&client, read).await;
    assert!(lines < ROWS as i64, "{lines} rows were read to find 400");
}

#[tokio::test(flavor = "multi_thread")]
async fn expired_rows_are_swept_away_but_none_that_is_being_written_anew() {
    let database = Database::start(&[]);
    execute(&database, "postgres", "CREATE DATABASE swept").await;
    let clock = Arc::new(AtomicU32::new(1_000));
    let look = clock.clone();
    let clock_of_store = Clock::new(move || i64::from(look.load(Ordering::Relaxed)));
    let sweep = Duration::from_millis(50);
    let options = PostgresOptions { clock: clock_of_store, sweep, ..PostgresOptions::default() };
    let store = Postgres::open(&database.url("swept"), options).await.unwrap();
    let until = |key: String| Put { expires_at_ms: Some(2_000), ..Put::new(key, "value") };
    let put = |key: String| parlance_store::Write::Put { partition: "blind".into(), put: until(key) };
    // More than one sweep takes.
    for some in 0..3 {
        let rows = (0..500).map(|n| put(format!("{some} {n}"))).collect();
        store.write(rows, Durability::Durable).await.unwrap();
        let mut log = entry("fenced", some + 1, 7);
        log.puts.extend((0..500).map(|n| until(format!("{n} of {some}"))));
        store.commit(log).await.unwrap();
    }
    // Somebody is writing one row of each family anew while the sweep comes by.
    let tables = [("parlance_fenced", "0 of 0"), ("parlance_blind", "0 0")];
    let mut writers = Vec::new();
    for (table, key) in tables {
        let writer = connect(&database, "swept").await;
        writer.batch_execute("BEGIN").await.unwrap();
        let anew = format!("UPDATE {table} SET expires = 9000000 WHERE key = '{key}'::bytea");
        assert_eq!(writer.execute(&anew, &[]).await.unwrap(), 1);
        writers.push(writer);
    }
    clock.store(3_000, Ordering::Relaxed);
    let client = connect(&database, "swept").await;
    let began = std::time::Instant::now();
    for ((table, _), writer) in tables.iter().zip(&writers) {
        let waits = format!(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'DELETE FROM {table}%'"
        );
        while number(&client, &waits).await == 0 {
            assert!(began.elapsed() < Duration::from_secs(20), "no sweep came by {table}");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        writer.batch_execute("COMMIT").await.unwrap();
    }
    let left = "SELECT (SELECT count(*) FROM parlance_blind WHERE expires IS NOT NULL) \
                + (SELECT count(*) FROM parlance_fenced WHERE expires IS NOT NULL)";
    while number(&client, left).await > 2 {
        assert!(began.elapsed() < Duration::from_secs(40), "expired rows stay");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let anew = "SELECT count(*) FROM (SELECT key FROM parlance_blind WHERE expires = 9000000 \
                UNION ALL SELECT key FROM parlance_fenced WHERE expires = 9000000) AS anew";
    assert_eq!(number(&client, anew).await, 2, "what is alive is not swept away");
    store.close().await.unwrap();
}

/// Writes a log as an owner does, settling what is unknown, until told to stop; how many entries were acknowledged.
async fn own(store: Arc<Postgres>, log: &'static str, over: Arc<AtomicU32>) -> u64 {
    let mut n = 0;
    while over.load(Ordering::Relaxed) == 0 {
        let key = RowKey { family: Family::Fenced, partition: log.into(), key: index(n + 1) };
        match store.commit(entry(log, n + 1, 7)).await {
            Ok(Outcome::Applied) => n += 1,
            Ok(Outcome::Conflict(row)) => panic!("nobody else writes: {row:?}"),
            Ok(Outcome::Unknown) => loop {
                match store.get(&key, Level::Serial).await {
                    Ok(Some(row)) => {
                        assert_eq!(row.token, [7; 16]);
                        n += 1;
                        break;
                    }
                    Ok(None) => break,
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            },
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
    n
}

async fn check_log(store: &Postgres, log: &'static str, acknowledged: u64) {
    let range = Range {
        from: parlance_store::Bound::Included(index(0)),
        to: parlance_store::Bound::Included(index(u64::from(u32::MAX))),
        ..Range::prefix(Family::Fenced, log, b"", 1_000_000)
    };
    let rows = store.range(range, Level::Serial).await.unwrap();
    let found: Vec<u64> =
        rows.iter().map(|row| u64::from_be_bytes(row.key[..].try_into().unwrap())).collect();
    assert_eq!(found, (1..=acknowledged).collect::<Vec<_>>(), "{log}");
    let beside = Range::prefix(Family::Fenced, log, b"also", 1_000_000);
    assert_eq!(store.range(beside, Level::Serial).await.unwrap().len() as u64, acknowledged);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_connections_die() {
    let database = Database::start(&[]);
    let store = Arc::new(fresh(&database, "cut").await);
    let over = Arc::new(AtomicU32::new(0));
    let logs = ["a", "b", "c", "d"];
    let owners: Vec<_> = logs.map(|log| tokio::spawn(own(store.clone(), log, over.clone()))).into();
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let cut =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parlance'";
        execute(&database, "cut", cut).await;
    }
    over.store(1, Ordering::Relaxed);
    for (log, owner) in logs.into_iter().zip(owners) {
        let acknowledged = owner.await.unwrap();
        assert!(acknowledged > 20, "{log} stood still at {acknowledged}");
        check_log(&store, log, acknowledged).await;
    }
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_the_server_dies() {
    let mut database = Database::start(&[]);
    let store = Arc::new(fresh(&database, "killed").await);
    let over = Arc::new(AtomicU32::new(0));
    let owners: Vec<_> = ["a", "b"].map(|log| tokio::spawn(own(store.clone(), log, over.clone()))).into();
    for _ in 0..3 {
        tokio::time::sleep(Duration::from_millis(300)).await;
        database.kill();
        let key = RowKey { family: Family::Blind, partition: "p".into(), key: "k".into() };
        let refused = store.get(&key, Level::Serial).await;
        assert!(matches!(refused, Err(Error::Unavailable(_))), "it says so");
        database.run();
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    over.store(1, Ordering::Relaxed);
    for (log, owner) in ["a", "b"].into_iter().zip(owners) {
        let acknowledged = owner.await.unwrap();
        assert!(acknowledged > 20, "{log} stood still at {acknowledged}");
        check_log(&store, log, acknowledged).await;
    }
    store.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_hosts_the_one_that_can_write_is_used() {
    let (database, reading) = (Database::start(&[]), Database::start(&["default_transaction_read_only=on"]));
    // It takes connections and says nothing, as a host does that hangs.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap();
    let at =
        |url: &str| url.trim_start_matches("postgres://parlance@").trim_end_matches("/postgres").to_owned();
    let (writing, reading) = (at(&database.url("postgres")), at(&reading.url("postgres")));
    let began = std::time::Instant::now();
    let url = format!("postgres://parlance@{silent},127.0.0.1:1,{reading},{writing}/postgres");
    let store = Postgres::open(&url, PostgresOptions::default()).await.unwrap();
    assert_eq!(store.commit(entry("log", 1, 1)).await.unwrap(), Outcome::Applied);
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    store.close().await.unwrap();
    let nobody = format!("postgres://parlance@127.0.0.1:1,{reading}/postgres");
    assert!(matches!(Postgres::open(&nobody, PostgresOptions::default()).await, Err(Error::Unavailable(_))));
}

/// A way to the database on which nothing comes through any more once a COMMIT is sent: its port, and the word that it was.
async fn hangs_at_commit(to: String) -> (u16, Arc<tokio::sync::Notify>) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
    use tokio::net::{TcpListener, TcpStream};
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (port, sent) = (listener.local_addr().unwrap().port(), Arc::new(tokio::sync::Notify::new()));
    let tell = sent.clone();
    tokio::spawn(async move {
        loop {
            let (mut near_reads, mut near_writes) = listener.accept().await.unwrap().0.into_split();
            let (mut far_reads, mut far_writes) = TcpStream::connect(&to).await.unwrap().into_split();
            let tell = tell.clone();
            tokio::spawn(async move { copy(&mut far_reads, &mut near_writes).await });
            tokio::spawn(async move {
                let mut piece = [0; 4_096];
                while let Ok(length @ 1..) = near_reads.read(&mut piece).await {
                    if piece[..length].windows(6).any(|word| word == b"COMMIT") {
                        tell.notify_one();
                        std::future::pending::<()>().await;
                    }
                    far_writes.write_all(&piece[..length]).await.unwrap();
                }
            });
        }
    });
    (port, sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_hangs_in_a_transaction_gives_its_rows_free() {
    let database = Database::start(&[]);
    execute(&database, "postgres", "CREATE DATABASE hangs").await;
    let url = database.url("hangs");
    let options = || PostgresOptions { shared: true, ..PostgresOptions::default() };
    let living = Postgres::open(&url, options()).await.unwrap();
    let to = url.trim_start_matches("postgres://parlance@").trim_end_matches("/hangs").to_owned();
    let (port, sent) = hangs_at_commit(to).await;
    let hanging = Postgres::open(&format!("postgres://parlance@127.0.0.1:{port}/hangs"), options()).await;
    let hanging = hanging.unwrap();
    tokio::spawn(async move { hanging.commit(entry("log", 1, 1)).await });
    sent.notified().await;
    let began = std::time::Instant::now();
    assert_eq!(living.commit(entry("log", 1, 2)).await.unwrap(), Outcome::Applied);
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    living.close().await.unwrap();
}

/// A server with a certificate for this address, and the file of the authority that vouches for it.
fn encrypted() -> (Database, tempfile::TempDir) {
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let [of_server, of_client] = [(); 2].map(|()| tempfile::TempDir::new().unwrap());
    let [certificate, key] = ["server.crt", "server.key"].map(|name| of_server.path().join(name));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(of_client.path().join("authorities.pem"), made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    // A key that others could read is refused.
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let settings = [("ssl_cert_file", &certificate), ("ssl_key_file", &key)]
        .map(|(name, path)| format!("{name}={}", path.display()));
    (Database::start_in(of_server, &["ssl=on", &settings[0], &settings[1]]), of_client)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_encrypted_to_whom_the_authorities_vouch_for() {
    let (database, own) = encrypted();
    let authorities = own.path().join("authorities.pem");
    let url = format!("{}?sslmode=require", database.url("postgres"));
    let open = |url: &str, authorities: Option<&std::path::Path>| {
        let authorities = authorities.map(std::path::Path::to_owned);
        let (url, options) = (url.to_owned(), PostgresOptions { authorities, ..PostgresOptions::default() });
        async move { Postgres::open(&url, options).await }
    };
    let store = open(&url, Some(&authorities)).await.unwrap();
    assert_eq!(store.commit(entry("log", 1, 1)).await.unwrap(), Outcome::Applied);
    let seen = connect(&database, "postgres").await;
    let of_program = "FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'parlance'";
    let counts = format!("SELECT count(*) FILTER (WHERE ssl), count(*) FILTER (WHERE NOT ssl) {of_program}");
    let counted = seen.query_one(&counts, &[]).await.unwrap();
    assert!(counted.get::<_, i64>(0) > 0 && counted.get::<_, i64>(1) == 0, "{counted:?}");
    store.close().await.unwrap();

    // Nobody vouches for it; for another name; there is no such file; there is no certificate in it.
    let empty = own.path().join("empty.pem");
    std::fs::write(&empty, "").unwrap();
    let renamed = url.replace("127.0.0.1", "localhost");
    for (url, authorities) in [
        (&url, None),
        (&renamed, Some(authorities.as_path())),
        (&url, Some(&*own.path().join("nowhere.pem"))),
        (&url, Some(&*empty)),
    ] {
        let refused = open(url, authorities).await.map(|_| ()).unwrap_err().to_string();
        assert!(refused.contains("certificate"), "{refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_tls_is_no_server_where_it_is_required() {
    let database = Database::start(&[]);
    let url = format!("{}?sslmode=require", database.url("postgres"));
    let refused = Postgres::open(&url, PostgresOptions::default()).await.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, Error::Unavailable(why) if why.contains("TLS")), "{refused}");
}

fn name(log: &str, n: u64) -> RowKey {
    RowKey { family: Family::Fenced, partition: log.as_bytes().to_vec().into(), key: index(n) }
}

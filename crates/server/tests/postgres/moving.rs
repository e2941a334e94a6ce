//! A server that moves into a database while people write: nothing acknowledged is lost, nothing is there twice, and the break is
//! short; what was cut off begins anew.

#[path = "lost_answer.rs"]
mod lost_answer;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use reqwest::Client;
use serde_json::{Value, json};

use crate::database::{Database, program};
use crate::{PASSWORD, client, parlance};

/// Whoever sends tries again for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// The program, serving.
struct Program {
    process: Child,
    url: String,
    http: Client,
}

impl Program {
    /// Serves a folder, or a database if its URL is given, at this port.
    async fn serve(folder: &Path, port: u16, store: &str) -> Program {
        let mut program = Program {
            process: serving(folder, port, store).spawn().unwrap(),
            url: format!("http://127.0.0.1:{port}"),
            http: client(),
        };
        let until = Instant::now() + PATIENCE;
        while program.http.get(format!("{}/readyz", program.url)).send().await.is_err() {
            assert!(program.process.try_wait().unwrap().is_none(), "the server has ended");
            assert!(Instant::now() < until, "no server after {PATIENCE:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        program
    }

    async fn post(&self, path: &str, token: &str, input: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.url)).bearer_auth(token).json(input);
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
        answer.json().await.unwrap()
    }

    /// A conversation of two, and the first one's token.
    async fn talk(&self) -> (String, String) {
        let mut people = Vec::new();
        for username in ["alice", "bob"] {
            let input = json!({ "username": username, "password": PASSWORD });
            people.push(self.post("/api/v1/register", "", &input).await);
        }
        let token = people[0]["token"].as_str().unwrap().to_owned();
        let with = json!({ "user_ids": [people[1]["user"]["user_id"]], "client_message_id": "s" });
        let started = self.post("/api/v1/conversations/start", &token, &with).await;
        let id = started["conversation"]["conversation_id"].as_str().unwrap();
        (format!("/api/v1/conversations/{id}/messages"), token)
    }

    /// All texts of a conversation by their indexes.
    async fn texts(&self, at: &str, token: &str) -> BTreeMap<u64, String> {
        let mut texts = BTreeMap::new();
        loop {
            let before = texts.keys().next().map_or(String::new(), |first| format!("&before={first}"));
            let page = self.http.get(format!("{}{at}?limit=100{before}", self.url)).bearer_auth(token);
            let page: Value = page.send().await.unwrap().json().await.unwrap();
            let entries = page["entries"].as_array().unwrap();
            if entries.is_empty() {
                return texts;
            }
            for entry in entries {
                let text = entry["body"]["text"].as_str().unwrap().to_owned();
                texts.insert(entry["index"].as_u64().unwrap(), text);
            }
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

fn serving(folder: &Path, port: u16, store: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlance"));
    command.args(["serve", "--rates", "off", "--log", "warn", "--listen", &format!("127.0.0.1:{port}")]);
    command.arg("--data").arg(folder).env_clear().stdout(Stdio::null()).stderr(Stdio::piped());
    if !store.is_empty() {
        command.env("PARLANCE_STORE_URL", store);
    }
    command.stderr(Stdio::inherit());
    command
}

/// What a server says that does not start.
fn refusal(folder: &Path, store: &str) -> String {
    let done = serving(folder, free_port(), store).stderr(Stdio::piped()).output().unwrap();
    assert!(!done.status.success());
    String::from_utf8(done.stderr).unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// What a sender was told.
#[derive(Default)]
struct Sent {
    /// Texts by the indexes that were acknowledged.
    acknowledged: BTreeMap<u64, String>,
    /// Refusals with the time to wait.
    refused: u64,
    longest: Duration,
}

/// Sends one message after the other until it is told to stop; each is sent until it is acknowledged.
async fn send_on(url: String, token: String, who: u32, stop: Arc<AtomicBool>) -> Sent {
    let (http, mut sent) = (client(), Sent::default());
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (text, began) = (format!("{who}-{n}"), Instant::now());
        let input = json!({ "client_message_id": text, "text": text });
        loop {
            assert!(began.elapsed() < PATIENCE, "{text} was not acknowledged");
            if let Ok(answer) = http.post(&url).bearer_auth(&token).json(&input).send().await {
                let (status, wait) = (answer.status().as_u16(), answer.headers().contains_key("retry-after"));
                let Ok(body) = answer.json::<Value>().await else { continue };
                if status == 200 {
                    sent.acknowledged.insert(body["index"].as_u64().unwrap(), text);
                    break;
                }
                assert!(status == 503 && wait, "{status}: {body}");
                sent.refused += 1;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        sent.longest = sent.longest.max(began.elapsed());
    }
    sent
}

/// Runs `migrate` while the test goes on.
async fn migrate(folder: &Path, to: &str, dry: bool) -> String {
    let (folder, to) = (folder.to_owned(), to.to_owned());
    let arguments = move || {
        let dry = if dry { &["--dry-run"][..] } else { &[] };
        parlance(&folder, "", &[&["migrate", "--to", &to], dry].concat())
    };
    tokio::task::spawn_blocking(arguments).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_moves_while_people_write() {
    let (database, folder) = (Database::start(&[]), tempfile::tempdir().unwrap());
    let (url, data, port) = (database.url("postgres"), folder.path().join("data"), free_port());
    let server = Program::serve(&data, port, "").await;
    let (at, token) = server.talk().await;
    let stop = Arc::new(AtomicBool::new(false));
    let sender =
        |who| tokio::spawn(send_on(format!("{}{at}", server.url), token.clone(), who, Arc::clone(&stop)));
    let senders: Vec<_> = (0..4).map(sender).collect();
    tokio::time::sleep(Duration::from_secs(2)).await;

    let said = migrate(&data, &url, true).await;
    assert!(said.contains("empty") && said.contains("CREATE TABLE") && said.contains("Nothing"), "{said}");
    let said = migrate(&data, folder.path().join("to").to_str().unwrap(), false).await;
    assert!(said.contains("while the server is stopped"), "{said}");
    let said = migrate(&data, &url, false).await;
    assert!(said.contains("copying: ") && said.contains("rows copied and compared"), "{said}");
    assert!(said.contains("It serves again from the database"), "{said}");
    tokio::time::sleep(Duration::from_secs(1)).await;
    stop.store(true, Ordering::Relaxed);

    let (mut acknowledged, mut longest) = (BTreeMap::new(), Duration::ZERO);
    for sender in senders {
        let sent = sender.await.unwrap();
        longest = longest.max(sent.longest);
        for (index, text) in sent.acknowledged {
            assert_eq!(acknowledged.insert(index, text), None, "an index was given twice");
        }
    }
    assert!(longest < Duration::from_secs(10), "nobody could write for {longest:?}");
    // Whatever stands there was acknowledged at last, under that index: nothing is lost, and nothing twice.
    assert_eq!(server.texts(&at, &token).await, acknowledged);
    let changed = said.split(" rows copied and compared, ").nth(1).unwrap();
    let changed: u64 = changed.split(' ').next().unwrap().parse().unwrap();
    assert!(changed > 0, "nobody wrote meanwhile: {said}");

    drop(server);
    let said = refusal(&data, "");
    assert!(said.contains("were moved to the database postgres at") && said.contains("store.url"), "{said}");
    let server = Program::serve(&data, port, &url).await;
    assert_eq!(server.texts(&at, &token).await, acknowledged);
}

/// A connection that has others wait who want to write blind rows; until it is dropped.
struct Blocked(Child);

impl Blocked {
    fn start(database: &Database) -> Blocked {
        let mut psql = program("psql");
        psql.args(["-X", "-q", "-At", &database.url("postgres")]).args(["-c", "BEGIN"]);
        psql.args(["-c", "LOCK TABLE parlance_blind IN EXCLUSIVE MODE", "-c", "SELECT 'locked'"]);
        psql.args(["-c", "SELECT pg_sleep(60)"]).stdout(Stdio::piped());
        let mut psql = psql.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(psql.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        assert_eq!(line, "locked\n");
        Blocked(psql)
    }

    fn end(mut self, database: &Database) {
        let ends = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' \
                    AND pid <> pg_backend_pid()";
        let ended = program("psql").args(["-X", "-q", &database.url("postgres"), "-c", ends]).output();
        assert!(ended.unwrap().status.success());
        _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_that_was_cut_off_begins_anew() {
    let (database, folder) = (Database::start(&[]), tempfile::tempdir().unwrap());
    let (url, data, port) = (database.url("postgres"), folder.path().join("data"), free_port());
    let server = Program::serve(&data, port, "").await;
    let (at, token) = server.talk().await;
    let send = async |server: &Program, text: &str| {
        server.post(&at, &token, &json!({ "client_message_id": text, "text": text })).await
    };
    send(&server, "before").await;

    // A database of another server's is refused, and everything goes on.
    let other = folder.path().join("other");
    assert!(parlance(&other, &database.url("template1"), &["user", "add", "carol"]).contains("made carol"));
    let said = migrate(&data, &database.url("template1"), false).await;
    assert!(said.contains("has rows already") && said.contains("everything is as it was"), "{said}");
    send(&server, "still-here").await;

    // The server is killed in the middle of copying.
    let schema = |url: &str| parlance(folder.path(), url, &["schema"]);
    let said = schema(&url);
    assert!(said.contains("would make them version 1") && said.contains("parlance_fenced"), "{said}");
    assert_eq!(schema(&url), said, "nothing was changed");
    assert!(schema(&database.url("template1")).contains("nothing to do"));
    tables(&url).await;
    let blocked = Blocked::start(&database);
    let mut moving = Command::new(env!("CARGO_BIN_EXE_parlance"));
    moving.args(["migrate", "--to", &url, "--data"]).arg(&data).env_clear();
    let mut moving = moving.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(moving.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with("copying: "), "{line}");
    drop(server);
    assert!(!moving.wait().unwrap().success());
    let mut said = String::new();
    moving.stderr.unwrap().read_to_string(&mut said).unwrap();
    assert!(said.contains("ended early"), "{said}");
    blocked.end(&database);

    // Nobody takes the database for a whole one, and no other store goes there.
    let said = refusal(&data, &url);
    assert!(said.contains("does not have everything yet"), "{said}");
    let said = migrate(&folder.path().join("third"), &url, false).await;
    assert!(said.contains("is not finished: make another one"), "{said}");
    let server = Program::serve(&data, port, "").await;
    send(&server, "after").await;
    let said = migrate(&data, &url, true).await;
    assert!(said.contains("would begin anew"), "{said}");
    let said = migrate(&data, &url, false).await;
    assert!(said.contains("It serves again from the database"), "{said}");
    let texts: Vec<String> = server.texts(&at, &token).await.into_values().collect();
    assert_eq!(texts, ["before", "still-here", "after"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_does_not_close_keeps_nobody_from_the_database() {
    let (database, folder) = (Database::start(&[]), tempfile::tempdir().unwrap());
    let (url, data, port) = (database.url("postgres"), folder.path().join("data"), free_port());
    let server = Program::serve(&data, port, "").await;
    let (at, token) = server.talk().await;
    // What is in memory cannot be put down any more.
    std::fs::rename(data.join("db"), data.join("away")).unwrap();
    let said = migrate(&data, &url, false).await;
    assert!(said.contains("It serves again from the database"), "{said}");
    server.post(&at, &token, &json!({ "client_message_id": "after", "text": "after" })).await;
    let texts: Vec<String> = server.texts(&at, &token).await.into_values().collect();
    assert_eq!(texts, ["after"]);
}

/// Makes the tables, as a start would.
async fn tables(url: &str) {
    let store =
        parlance_store::Postgres::open(url, parlance_store::PostgresOptions::default()).await.unwrap();
    parlance_store::Store::close(&store).await.unwrap();
}

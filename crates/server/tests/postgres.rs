//! A server on PostgreSQL: the same conversation before and after a restart, and two servers never on one database.
//! The rest of the doors is tested on the embedded store; the engines pass one suite.

#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

#[path = "../../store/tests/support/database.rs"]
mod database;
#[path = "postgres/moving.rs"]
mod moving;

use database::Database;
use parlance_server::{Config, Secret, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "four words are good";

fn config(database: &Database, folder: &std::path::Path) -> Config {
    let mut config =
        Config { listen: "127.0.0.1:0".parse().unwrap(), data: folder.into(), ..Config::default() };
    config.store.url = Secret::new(database.url("postgres"));
    config.limits.rates = false;
    config
}

fn client() -> reqwest::Client {
    _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn post(server: &Server, path: &str, token: &str, input: &Value) -> Value {
    let request = client().post(format!("{}{path}", server.url()));
    let answer = request.bearer_auth(token).json(input).send().await.unwrap();
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    assert!(status.is_success(), "{path}: {body}");
    body
}

async fn texts(server: &Server, at: &str, token: &str) -> Vec<String> {
    let answer = client().get(format!("{}{at}", server.url())).bearer_auth(token).send().await.unwrap();
    let page: Value = answer.json().await.unwrap();
    let text = |entry: &Value| entry["body"]["text"].as_str().unwrap().to_owned();
    page["entries"].as_array().unwrap().iter().map(text).collect()
}

/// A conversation of two, and their tokens.
struct Talk {
    at: String,
    alice: String,
    bob: String,
}

/// Three messages on a fresh server.
async fn talk(server: &Server) -> Talk {
    let mut people = Vec::new();
    for username in ["alice", "bob"] {
        let input = json!({ "username": username, "password": PASSWORD });
        people.push(post(server, "/api/v1/register", "", &input).await);
    }
    let [alice, bob] = [0, 1].map(|at| people[at]["token"].as_str().unwrap().to_owned());
    let with = json!({ "user_ids": [people[1]["user"]["user_id"]], "client_message_id": "s" });
    let started = post(server, "/api/v1/conversations/start", &alice, &with).await;
    let at = format!(
        "/api/v1/conversations/{}/messages",
        started["conversation"]["conversation_id"].as_str().unwrap()
    );
    for text in ["one", "two"] {
        post(server, &at, &alice, &json!({ "client_message_id": text, "text": text })).await;
    }
    post(server, &at, &bob, &json!({ "client_message_id": "three", "text": "three" })).await;
    assert_eq!(texts(server, &at, &bob).await, ["one", "two", "three"]);
    Talk { at, alice, bob }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_outlives_the_server_and_a_second_server_is_kept_out() {
    let database = Database::start(&[]);
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let server = Server::start(config(&database, folders[0].path())).await.unwrap();
    let Talk { at, alice, bob } = talk(&server).await;

    // Neither a second server on the database nor one on the folder, where the first one's socket and files are.
    let mut other = config(&database, folders[0].path());
    other.store.url = Secret::new(database.url("template1"));
    let refused = format!("{:#}", Server::start(other).await.err().unwrap());
    assert!(refused.contains("data folder") && refused.contains("in use by another Parlance"), "{refused}");
    let second = Server::start(config(&database, folders[1].path())).await;
    let refused = format!("{:#}", second.err().unwrap());
    assert!(refused.contains("in use by another Parlance"), "{refused}");

    server.stop().await.unwrap();
    // Nobody has sent a file, so the folder holds nothing that the next server needs.
    let server = Server::start(config(&database, folders[1].path())).await.unwrap();
    let again = json!({ "client_message_id": "two", "text": "two" });
    assert_eq!(post(&server, &at, &alice, &again).await["index"], 2, "a repeat is known");
    assert_eq!(texts(&server, &at, &bob).await, ["one", "two", "three"]);

    // What only the embedded store has says what to do instead, and is not put down as done.
    let parlance = |arguments: &[&str]| parlance(folders[1].path(), &database.url("postgres"), arguments);
    let backup = folders[0].path().join("backup");
    let named = backup.to_str().unwrap();
    for (arguments, instead) in [
        (&["backup", named][..], "pg_dump"),
        (&["restore", named], "PostgreSQL's own"),
        (&["check"], "pg_amcheck"),
    ] {
        let said = parlance(arguments);
        assert!(said.contains(instead), "{arguments:?}: {said}");
    }
    let log = parlance(&["audit", "export"]);
    assert!(!log.contains("admin.backup"), "{log}");
    server.stop().await.unwrap();
}

/// What a command says about the store that this URL and folder name.
fn parlance(folder: &std::path::Path, url: &str, arguments: &[&str]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parlance"));
    command.args(arguments).arg("--data").arg(folder).env_clear();
    let done = command.env("PARLANCE_STORE_URL", url).output().unwrap();
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_moves_to_a_database_and_back() {
    let database = Database::start(&[]);
    let [first, last] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let url = database.url("postgres");
    let mut embedded = config(&database, first.path());
    embedded.store.url = Secret::new(String::new());
    let server = Server::start(embedded.clone()).await.unwrap();
    let Talk { at, alice, bob } = talk(&server).await;
    server.stop().await.unwrap();
    let said = parlance(first.path(), "", &["migrate", "--to", &url]);
    assert!(said.contains("rows copied and compared") && said.contains("store.url"), "{said}");
    let said = parlance(first.path(), "", &["migrate", "--to", &url]);
    assert!(said.contains("were moved to"), "{said}");
    let mistyped = last.path().join("mistyped");
    let said = parlance(&mistyped, "", &["migrate", "--to", last.path().join("to").to_str().unwrap()]);
    assert!(said.contains("nothing to copy"), "{said}");

    // Sessions, indexes and keys are what they were.
    let server = Server::start(config(&database, first.path())).await.unwrap();
    let again = json!({ "client_message_id": "two", "text": "two" });
    assert_eq!(post(&server, &at, &alice, &again).await["index"], 2, "a repeat is known");
    post(&server, &at, &bob, &json!({ "client_message_id": "four", "text": "four" })).await;
    server.stop().await.unwrap();

    let new = last.path().join("new");
    let said = parlance(first.path(), &url, &["migrate", "--to", new.to_str().unwrap()]);
    assert!(said.contains("rows copied and compared") && said.contains("media/"), "{said}");
    assert!(parlance(&new, "", &["check"]).contains("sound"));
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&new).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700, "only its owner can enter it");
    let server = Server::start(Config { data: new, ..embedded }).await.unwrap();
    assert_eq!(texts(&server, &at, &alice).await, ["one", "two", "three", "four"]);
    server.stop().await.unwrap();
}

//! A server on PostgreSQL: the same conversation before and after a restart, and two servers never on one database.
//! The rest of the doors is tested on the embedded store; the engines pass one suite.

#![allow(clippy::unwrap_used)] // helpers of tests fail as tests do

#[path = "../../store/tests/support/database.rs"]
mod database;

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

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_outlives_the_server_and_a_second_server_is_kept_out() {
    let database = Database::start(&[]);
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let server = Server::start(config(&database, folders[0].path())).await.unwrap();
    let mut people = Vec::new();
    for username in ["alice", "bob"] {
        let input = json!({ "username": username, "password": PASSWORD });
        people.push(post(&server, "/api/v1/register", "", &input).await);
    }
    let [alice, bob] = [0, 1].map(|at| people[at]["token"].as_str().unwrap().to_owned());
    let with = json!({ "user_ids": [people[1]["user"]["user_id"]], "client_message_id": "s" });
    let started = post(&server, "/api/v1/conversations/start", &alice, &with).await;
    let at = format!(
        "/api/v1/conversations/{}/messages",
        started["conversation"]["conversation_id"].as_str().unwrap()
    );
    for text in ["one", "two"] {
        post(&server, &at, &alice, &json!({ "client_message_id": text, "text": text })).await;
    }
    post(&server, &at, &bob, &json!({ "client_message_id": "three", "text": "three" })).await;
    assert_eq!(texts(&server, &at, &bob).await, ["one", "two", "three"]);

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
    let parlance = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_parlance"));
        command.args(arguments).arg("--data").arg(folders[1].path()).env_clear();
        let done = command.env("PARLANCE_STORE_URL", database.url("postgres")).output().unwrap();
        String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
    };
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

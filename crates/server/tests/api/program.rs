//! The program itself: its commands on a data folder, with a server running on it and without.
//! What a command prints is its answer; what goes wrong is one line on standard error.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::json;

use crate::place::{PASSWORD, Place};

pub fn parlance(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlance"));
    command.args(arguments).arg("--data").arg(folder).stdin(Stdio::null()).env_clear();
    command.current_dir(folder.parent().unwrap()).output().unwrap()
}

pub fn says(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Runs a command with this on its standard input; what it printed.
pub fn parlance_done(folder: &Path, arguments: &[&str], input: &str) -> String {
    use std::io::Write as _;
    let mut command = Command::new(env!("CARGO_BIN_EXE_parlance"));
    command.args(arguments).arg("--data").arg(folder).env_clear().current_dir(folder.parent().unwrap());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = command.spawn().unwrap();
    _ = running.stdin.take().unwrap().write_all(format!("{input}\n").as_bytes());
    says(&running.wait_with_output().unwrap())
}

fn complains(output: &Output) -> String {
    assert!(!output.status.success());
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_made_and_signed_out_while_the_server_runs() {
    let place = Place::start().await;
    let folder = place.folder.path().join("data");
    let made = says(&parlance(&folder, &["user", "add", "alice"]));
    assert!(made.starts_with("made alice (u_") && made.contains("administrator"), "{made}");
    let password = made.lines().last().unwrap().strip_prefix("password: ").unwrap().to_owned();
    let (status, signed_in) = place.log_in_with("alice", &password).await;
    assert_eq!(status, 200);
    assert!(complains(&parlance(&folder, &["user", "add", "alice"])).contains("taken"));
    says(&parlance(&folder, &["user", "sign-out", "alice"]));
    let me =
        place.http.get(format!("{}/api/v1/me", place.url)).bearer_auth(signed_in["token"].as_str().unwrap());
    assert_eq!(me.send().await.unwrap().status(), 401);
    says(&parlance(&folder, &["user", "reset-password", "alice"]));
    assert_eq!(place.log_in_with("alice", &password).await.0, 401);
    assert!(complains(&parlance(&folder, &["user", "show", "nobody"])).contains("nobody"));
    assert!(says(&parlance(&folder, &["user", "list"])).contains("one-time password"));
    assert_eq!(says(&parlance(&folder, &["user", "list", "--search", "nobody"])), "");
    says(&parlance(&folder, &["user", "disable", "alice", "--reason", "gone"]));
    assert!(says(&parlance(&folder, &["user", "show", "alice"])).contains("disabled"));
    assert!(says(&parlance(&folder, &["user", "enable", "alice"])).contains("alice"));
    assert!(!says(&parlance(&folder, &["user", "make-admin", "alice", "--undo"])).contains("administrator"));
    assert!(says(&parlance(&folder, &["audit", "verify"])).contains("all sound"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_a_running_server_restores_and_checks() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    alice.say(&alice.direct(&bob), "k1", "kept in the backup").await;
    let content: Vec<u8> = (0..2_000_000_u32).map(|number| (number % 241) as u8).collect();
    let file = crate::files::file(&alice, "name=kept.bin", content.clone()).await;
    let sent = [json!({ "file_id": file })];
    let index = crate::files::send(&alice, &alice.direct(&bob), "k2", &sent).await;
    let folder = place.folder.path().join("data");
    let backup = place.folder.path().join("backup");
    let named = backup.to_str().unwrap();
    assert!(says(&parlance(&folder, &["backup", named])).contains("rows and 1 files"));
    assert!(complains(&parlance(&folder, &["backup", named])).contains("already"));
    assert!(complains(&parlance(&folder, &["check"])).contains("in use"));
    // A damaged one is seen before anything is made of it.
    let mut damaged = std::fs::read(&backup).unwrap();
    let at = damaged.len() - 1_000_000;
    damaged[at] ^= 1;
    let other = place.folder.path().join("damaged");
    std::fs::write(&other, damaged).unwrap();
    let restored = place.folder.path().join("restored");
    let damaged = parlance(&restored, &["restore", other.to_str().unwrap()]);
    assert!(complains(&damaged).contains("damaged"));
    assert!(says(&parlance(&restored, &["restore", named])).contains("verified"));
    assert!(complains(&parlance(&restored, &["restore", named])).contains("not empty"));
    // What another server keeps in a folder of files that is not new stays there.
    let elsewhere = place.folder.path().join("elsewhere");
    let foreign = elsewhere.join("files/blobs/ab").join("c".repeat(62));
    std::fs::create_dir_all(foreign.parent().unwrap()).unwrap();
    std::fs::write(&foreign, "another server's").unwrap();
    let settings = format!("[media]\nfolder = {:?}\n", elsewhere.join("files"));
    std::fs::write(elsewhere.join("parlance.toml"), settings).unwrap();
    assert!(says(&parlance(&elsewhere.join("data"), &["restore", named])).contains("1 files"));
    assert!(foreign.exists());
    assert!(says(&parlance(&restored, &["check"])).contains("sound"));
    assert!(says(&parlance(&restored, &["user", "show", "bob"])).contains(&bob.id));
    place.stop().await;
    assert!(says(&parlance(&folder, &["check"])).contains("sound"));
    let config = Place::settings(restored);
    let server = parlance_server::Server::start(config).await.unwrap();
    let login = place.http.post(format!("{}/api/v1/login", server.url()));
    let signed_in = login.json(&json!({ "username": "bob", "password": PASSWORD })).send().await.unwrap();
    let signed_in: serde_json::Value = signed_in.json().await.unwrap();
    let path = format!("{}/api/v1/conversations/{}/messages/1", server.url(), alice.direct(&bob));
    let message =
        place.http.get(path).bearer_auth(signed_in["token"].as_str().unwrap()).send().await.unwrap();
    assert!(message.text().await.unwrap().contains("kept in the backup"));
    let path = crate::files::at(&alice.direct(&bob), index, &file);
    let file = place.http.get(format!("{}{path}", server.url()));
    let file = file.bearer_auth(signed_in["token"].as_str().unwrap()).send().await.unwrap();
    assert!(file.bytes().await.unwrap() == content);
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recalled_text_leaves_the_files_with_a_compaction() {
    let mut place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    alice.say(&chat, "k1", "this one stays: heron-2207").await;
    let index = alice.say(&chat, "k2", "this one goes: canary-2207").await;
    let message = format!("/api/v1/conversations/{chat}/messages/{index}");
    assert_eq!(alice.delete(&message).await.0, 200);
    let folder = place.folder.path().join("data");
    assert!(says(&parlance(&folder, &["compact"])).contains("compacted"));
    assert_eq!(files_with(&folder, b"canary-2207"), [""; 0]);
    assert!(!files_with(&folder, b"heron-2207").is_empty());
    place.stop().await;
    assert!(says(&parlance(&folder, &["compact"])).contains("compacted"));
    assert_eq!(files_with(&folder, b"canary-2207"), [""; 0]);
    assert!(says(&parlance(&folder, &["check"])).contains("sound"));
}

/// The files under a folder that hold some bytes.
pub fn files_with(folder: &Path, bytes: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(&path, bytes));
        } else if std::fs::read(&path).is_ok_and(|file| file.windows(bytes.len()).any(|some| some == bytes)) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_serves_where_its_environment_says_until_it_is_told_to_stop() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_parlance"))
        .env_clear()
        .env("PARLANCE_LISTEN", "127.0.0.1:0")
        .env("PARLANCE_DATA", folder.path().join("elsewhere"))
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(program.stderr.take().unwrap()).lines();
    let line = log.find(|line| line.as_ref().unwrap().contains(" is at http")).unwrap().unwrap();
    let url = &line[line.find("http://").unwrap()..];
    let http = Place::client();
    assert_eq!(http.get(format!("{url}/readyz")).send().await.unwrap().status(), 200);
    assert!(folder.path().join("elsewhere").exists());
    let told = Command::new("kill").args(["-TERM", &program.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert!(program.wait().unwrap().success());
    assert!(http.get(format!("{url}/readyz")).send().await.is_err());
}

#[test]
fn a_wrong_setting_is_named_and_the_program_ends() {
    let folder = tempfile::TempDir::new().unwrap();
    let data = folder.path().join("data");
    let output = parlance(&data, &["serve", "--listen", "everywhere"]);
    assert!(complains(&output).contains("listen"), "{}", complains(&output));
    std::fs::write(folder.path().join("parlance.toml"), "lisen = \"127.0.0.1:1\"\n").unwrap();
    assert!(complains(&parlance(&data, &["serve"])).contains("lisen"));
    std::fs::remove_file(folder.path().join("parlance.toml")).unwrap();
    std::fs::create_dir(folder.path().join("parlance.toml")).unwrap();
    assert!(complains(&parlance(&data, &["serve"])).contains("cannot read the settings file"));
}

//! The database is told at the end of a move that it has everything, and the answer is lost: exactly one goes on, the folder or the
//! database, and neither is written to before it is known which.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::json;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::{Program, free_port, migrate, refusal};
use crate::database::Database;

/// The statement whose answer is lost.
const LAST: &[u8] = b"DELETE FROM parlance_registers WHERE partition = $1 AND key = $2";
/// Most of what is said at once.
const PIECE: usize = 65_536;

/// What is lost.
#[derive(Clone, Copy, PartialEq)]
enum Lost {
    /// The database does it.
    Answer,
    /// The database never hears of it.
    Request,
}

/// The way to the database, which is cut at the last statement until it is mended.
struct Way {
    to: String,
    lost: Lost,
    is_cut: watch::Sender<bool>,
    /// It is cut only once.
    was_cut: AtomicBool,
}

impl Way {
    /// A way, and the URL that leads over it.
    async fn to(database: &Database, lost: Lost) -> (Arc<Way>, String) {
        let url = database.url("postgres");
        let to = url.trim_end_matches("/postgres").rsplit_once('@').unwrap().1.to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let over = url.replace(&to, &listener.local_addr().unwrap().to_string());
        let way =
            Arc::new(Way { to, lost, is_cut: watch::Sender::new(false), was_cut: AtomicBool::new(false) });
        let passing = Arc::clone(&way);
        tokio::spawn(async move {
            loop {
                let near = listener.accept().await.unwrap().0;
                if !*passing.is_cut.borrow() {
                    tokio::spawn(Arc::clone(&passing).pass(near));
                }
            }
        });
        (way, over)
    }

    /// Passes on what is said until the way is cut.
    async fn pass(self: Arc<Way>, near: TcpStream) {
        let far = TcpStream::connect(&self.to).await.unwrap();
        let ((mut near_reads, mut near_writes), (mut far_reads, mut far_writes)) =
            (near.into_split(), far.into_split());
        let (mut is_cut, is_last) = (self.is_cut.subscribe(), AtomicBool::new(false));
        let forth = async {
            let mut piece = vec![0; PIECE];
            while let Ok(length @ 1..) = near_reads.read(&mut piece).await {
                let is_run = is_last.load(Ordering::Relaxed);
                if is_run && self.lost == Lost::Request {
                    {
                        self.is_cut.send_replace(true);
                        return;
                    }
                }
                // A statement is prepared first, which is answered, and then run.
                if piece[..length].windows(LAST.len()).any(|part| part == LAST) {
                    is_last.store(!self.was_cut.swap(true, Ordering::Relaxed), Ordering::Relaxed);
                }
                if far_writes.write_all(&piece[..length]).await.is_err() {
                    return;
                }
            }
        };
        let back = async {
            let (mut piece, mut answers) = (vec![0; PIECE], 0);
            while let Ok(length @ 1..) = far_reads.read(&mut piece).await {
                answers += usize::from(is_last.load(Ordering::Relaxed));
                if answers > 1 {
                    {
                        self.is_cut.send_replace(true);
                        return;
                    }
                }
                if near_writes.write_all(&piece[..length]).await.is_err() {
                    return;
                }
            }
        };
        tokio::select! {
            () = forth => {}
            () = back => {}
            _ = is_cut.wait_for(|cut| *cut) => {}
        }
    }

    fn mend(&self) {
        self.is_cut.send_replace(false);
    }
}

/// A server whose move has come to that point.
struct Moving {
    way: Arc<Way>,
    url: String,
    data: PathBuf,
    port: u16,
    at: String,
    token: String,
    _folders: (Database, TempDir),
}

impl Moving {
    async fn start(lost: Lost) -> (Moving, Program, Child) {
        let (database, folder) = (Database::start(&[]), tempfile::tempdir().unwrap());
        let (way, url) = Way::to(&database, lost).await;
        let (data, port) = (folder.path().join("data"), free_port());
        let server = Program::serve(&data, port, "").await;
        let (at, token) = server.talk().await;
        server.post(&at, &token, &json!({ "client_message_id": "before", "text": "before" })).await;
        let mut command = Command::new(env!("CARGO_BIN_EXE_parlance"));
        command.args(["migrate", "--to", &url, "--data"]).arg(&data).env_clear();
        let command = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut is_cut = way.is_cut.subscribe();
        let is_cut = is_cut.wait_for(|cut| *cut);
        tokio::time::timeout(Duration::from_secs(30), is_cut).await.expect("not cut").unwrap();
        // While nobody knows who goes on, nobody writes, and all can read.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let input = json!({ "client_message_id": "meanwhile", "text": "meanwhile" });
        let sent = server.http.post(format!("{}{at}", server.url)).bearer_auth(&token).json(&input);
        assert_eq!(sent.send().await.unwrap().status().as_u16(), 503);
        let texts: Vec<String> = server.texts(&at, &token).await.into_values().collect();
        assert_eq!(texts, ["before"]);
        let folders = (database, folder);
        (Moving { way, url, data, port, at, token, _folders: folders }, server, command)
    }

    async fn post(&self, server: &Program, text: &str) {
        let input = json!({ "client_message_id": text, "text": text });
        server.post(&self.at, &self.token, &input).await;
    }

    async fn assert_texts(&self, server: &Program, texts: &[&str]) {
        let found: Vec<String> = server.texts(&self.at, &self.token).await.into_values().collect();
        assert_eq!(found, texts);
    }
}

/// What the command has said at its end.
async fn said(command: Child) -> String {
    let done = tokio::task::spawn_blocking(|| command.wait_with_output().unwrap()).await.unwrap();
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_goes_on_if_it_did_it() {
    let (moving, server, command) = Moving::start(Lost::Answer).await;
    moving.way.mend();
    let said = said(command).await;
    assert!(said.contains("nothing is written until it does"), "{said}");
    assert!(said.contains("It serves again from the database"), "{said}");
    moving.post(&server, "after").await;
    moving.assert_texts(&server, &["before", "after"]).await;
    let said = refusal(&moving.data, "");
    assert!(said.contains("were moved to the database"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_folder_goes_on_if_the_database_did_not_hear_of_it() {
    let (moving, server, command) = Moving::start(Lost::Request).await;
    moving.way.mend();
    let said = said(command).await;
    assert!(said.contains("the database could not be told so"), "{said}");
    moving.post(&server, "after").await;
    let refused = refusal(moving.data.parent().unwrap(), &moving.url);
    assert!(refused.contains("does not have everything yet"), "{refused}");
    let said = migrate(&moving.data, &moving.url, false).await;
    assert!(said.contains("It serves again from the database"), "{said}");
    moving.assert_texts(&server, &["before", "after"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_further_try_finds_out_who_goes_on() {
    for lost in [Lost::Answer, Lost::Request] {
        let (moving, server, command) = Moving::start(lost).await;
        drop(server);
        let ended = said(command).await;
        assert!(ended.contains("ended early"), "{ended}");
        let refused = refusal(&moving.data, "");
        assert!(refused.contains("were moved to") && refused.contains("parlance migrate"), "{refused}");
        let unsure = migrate(&moving.data, &moving.url, false).await;
        assert!(unsure.contains("cannot read the database"), "{unsure}");
        assert_eq!(refusal(&moving.data, ""), refused);
        moving.way.mend();
        if lost == Lost::Request {
            let refused = refusal(&moving.data, &moving.url);
            assert!(refused.contains("does not have everything yet"), "{refused}");
        }
        let done = migrate(&moving.data, &moving.url, false).await;
        let known = if lost == Lost::Answer { "were moved to" } else { "rows copied and compared" };
        assert!(done.contains(known), "{done}");
        let server = Program::serve(&moving.data, moving.port, &moving.url).await;
        moving.assert_texts(&server, &["before"]).await;
        moving.post(&server, "after").await;
    }
}

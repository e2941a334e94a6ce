//! Uploads that outlive what befalls a server: killed in the middle of a large one, a disk that is full.
//! What was acknowledged is there to go on from, and what comes out is what went in.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tokio::sync::mpsc;

use crate::files::{fetch, files_in};
use crate::place::{Person, Place, code, text};
use crate::uploads::{content, create, offset, piece, status, tus};

const MB: usize = 1_000_000;

/// The program on a folder, where it is, and its log, which it cannot do without. `before` is what a shell does first, in
/// mounts of its own.
fn serve(folder: &Path, before: &str) -> Option<(Running, String, impl Iterator)> {
    let program = env!("CARGO_BIN_EXE_parlance");
    let mut command = if before.is_empty() {
        Command::new(program)
    } else {
        let mut shell = Command::new("unshare");
        shell.args(["--user", "--map-root-user", "--mount", "sh", "-c"]);
        shell.arg(format!("{before} && exec {program}"));
        shell
    };
    let mut child = command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("PARLANCE_LISTEN", "127.0.0.1:0")
        .env("PARLANCE_DATA", folder.join("data"))
        .env("PARLANCE_MEDIA_FOLDER", folder.join("media"))
        .env("PARLANCE_MEDIA_FILE_MAX_MIB", "128")
        .env("PARLANCE_MEDIA_FREE_FLOOR_MIB", "1")
        .env("PARLANCE_MEDIA_GRACE_SECONDS", "0")
        .env("PARLANCE_MEDIA_COLLECT_SECONDS", "1")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    let mut log = BufReader::new(child.stderr.take().unwrap()).lines();
    let Some(line) = log.find(|line| line.as_ref().unwrap().contains(" is at http")) else {
        child.wait().unwrap();
        return None;
    };
    let line = line.unwrap();
    let url = line[line.find("http://").unwrap()..].to_owned();
    Some((Running(child), url, log))
}

async fn register(url: &str, name: &str) -> Person {
    let http = Place::client();
    let input = json!({ "username": name, "password": crate::place::PASSWORD });
    let (_, signed_in) = crate::place::answer(http.post(format!("{url}/api/v1/register")).json(&input)).await;
    Person {
        id: text(&signed_in["user"]["user_id"]),
        session: text(&signed_in["session_id"]),
        token: text(&signed_in["token"]),
        url: url.to_owned(),
        http,
    }
}

/// A server that is killed when the test is over, however it ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// Sends pieces to an upload as they are given.
fn sending(
    person: &Person,
    upload: &str,
    at: usize,
) -> (mpsc::Sender<Vec<u8>>, tokio::task::JoinHandle<reqwest::Result<reqwest::Response>>) {
    let (give, pieces) = mpsc::channel::<Vec<u8>>(1);
    let body = futures_util::stream::unfold(pieces, |mut pieces| async move {
        pieces.recv().await.map(|piece| (Ok::<_, std::io::Error>(piece), pieces))
    });
    let request = tus(person, Method::PATCH, upload)
        .header("upload-offset", at)
        .header("content-type", "application/offset+octet-stream")
        .body(reqwest::Body::wrap_stream(body));
    (give, tokio::spawn(request.send()))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_of_100_mb_outlives_a_killed_server() {
    let folder = tempfile::TempDir::new().unwrap();
    let (server, url, log) = serve(folder.path(), "").unwrap();
    let mut alice = register(&url, "alice").await;
    let whole = content(100 * MB);
    let upload = create(&alice, whole.len(), "").await;
    assert_eq!(status(&piece(&alice, &upload, 0, &whole[..3 * MB]).send().await.unwrap()), 204);
    // Killed in the middle of the rest: 57 MB of it are sent, the 58th never comes.
    let (give, sending) = sending(&alice, &upload, 3 * MB);
    for piece in whole[3 * MB..60 * MB].chunks(MB) {
        give.send(piece.to_vec()).await.unwrap();
    }
    drop(server);
    drop(log);
    drop(give);
    assert!(sending.await.unwrap().is_err());
    let (_server, url, _log) = serve(folder.path(), "").unwrap();
    alice.url = url;
    let reached: usize = offset(&alice, &upload).await.1.parse().unwrap();
    // What is durable is noted every 16 MiB; what was underway may be in buffers on both sides.
    assert!((30 * MB..=60 * MB).contains(&reached), "{reached}");
    assert_eq!(status(&piece(&alice, &upload, reached, &whole[reached..]).send().await.unwrap()), 204);
    let id = upload.rsplit('/').next().unwrap();
    let got = fetch(&alice, &format!("/api/v1/files/{id}/content")).await.bytes().await.unwrap();
    assert!(got == whole);
}

/// On a disk of 40 MB of its own. Where a user may have no mounts of its own there is no such disk, and
/// `files::a_full_disk_refuses_files_and_takes_texts` stands alone.
#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fills_up_during_an_upload_stops_it_and_nothing_else() {
    let folder = tempfile::TempDir::new().unwrap();
    let media = folder.path().join("media");
    std::fs::create_dir(&media).unwrap();
    let mount = format!("mount -t tmpfs -o size=40m none {}", media.display());
    let Some((server, url, _log)) = serve(folder.path(), &mount) else { return };
    let (alice, bob) = (register(&url, "alice").await, register(&url, "bob").await);
    let whole = content(30 * MB);
    // There is room for each of the two when it begins, and not for both.
    let (one, two) = (create(&alice, whole.len(), "").await, create(&alice, whole.len(), "").await);
    let (give, sending) = sending(&alice, &two, 0);
    give.send(whole[..4 * MB].to_vec()).await.unwrap();
    give.send(whole[4 * MB..5 * MB].to_vec()).await.unwrap();
    assert_eq!(status(&piece(&alice, &one, 0, &whole[..25 * MB]).send().await.unwrap()), 204);
    for piece in whole[5 * MB..].chunks(MB) {
        // The server stops reading when it finds no room.
        if give.send(piece.to_vec()).await.is_err() {
            break;
        }
    }
    drop(give);
    let refused = sending.await.unwrap().unwrap();
    assert_eq!(status(&refused), 507);
    let refused: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(refused["code"], "disk_full");
    assert!(refused["retry_after_ms"].as_u64().is_some(), "{refused}");
    // Texts go, a new upload is refused at once, and nothing is half there.
    alice.say(&alice.direct(&bob), "k", "still here").await;
    assert_eq!(code(&crate::files::post(&bob, "", vec![1; 20 * MB]).await), (507, "disk_full"));
    // Seen with the server's eyes: the disk is its own.
    let blobs = format!("/proc/{}/root{}", server.0.id(), media.join("blobs").display());
    assert!(files_in(Path::new(&blobs)).is_empty());
    let reached: usize = offset(&alice, &two).await.1.parse().unwrap();
    assert!((10 * MB..17 * MB).contains(&reached), "{reached}");
    // With room again it goes on.
    assert_eq!(status(&tus(&alice, Method::DELETE, &one).send().await.unwrap()), 204);
    let mut last = 0;
    for _ in 0..60 {
        last = status(&piece(&alice, &two, reached, &whole[reached..]).send().await.unwrap());
        if last != 507 {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    assert_eq!(last, 204);
    let id = two.rsplit('/').next().unwrap();
    let got = fetch(&alice, &format!("/api/v1/files/{id}/content")).await.bytes().await.unwrap();
    assert!(got == whole);
}

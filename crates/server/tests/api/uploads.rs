//! Resumable uploads as tus clients make them: pieces, offsets, checksums, and what becomes of what breaks off.
//! The bytes that come out are those that went in.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;

use crate::files::{at, fetch, header, post, send};
use crate::place::{Person, Place, code, text};

fn tus(person: &Person, method: Method, path: &str) -> RequestBuilder {
    person.request(method, path).header("tus-resumable", "1.0.0")
}

async fn create(person: &Person, length: usize, metadata: &str) -> String {
    let request = tus(person, Method::POST, "/api/v1/uploads")
        .header("upload-length", length)
        .header("upload-metadata", metadata);
    let created = request.send().await.unwrap();
    assert_eq!(created.status(), 201);
    assert!(!header(&created, "upload-expires").is_empty());
    header(&created, "location")
}

fn piece(person: &Person, upload: &str, offset: usize, content: &[u8]) -> RequestBuilder {
    tus(person, Method::PATCH, upload)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(content.to_vec())
}

async fn offset(person: &Person, upload: &str) -> (u16, String) {
    let head = tus(person, Method::HEAD, upload).send().await.unwrap();
    (head.status().as_u16(), header(&head, "upload-offset"))
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|number| (number * 7 % 251) as u8).collect()
}

fn status(response: &Response) -> u16 {
    response.status().as_u16()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_stopped() {
    let place = Place::start().await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let whole = content(3_000_000);
    let name = STANDARD.encode("notes.txt");
    let upload =
        create(&alice, whole.len(), &format!("filename {name},kind {}", STANDARD.encode("file"))).await;
    assert_eq!(offset(&alice, &upload).await, (200, "0".to_owned()));
    let first = piece(&alice, &upload, 0, &whole[..1_000_000]).send().await.unwrap();
    assert_eq!((status(&first), header(&first, "upload-offset")), (204, "1000000".to_owned()));
    assert_eq!(offset(&alice, &upload).await, (200, "1000000".to_owned()));
    // It is not complete, nobody else's, and goes on in one place only.
    let id = upload.rsplit('/').next().unwrap().to_owned();
    assert_eq!(code(&alice.get(&format!("/api/v1/files/{id}")).await), (409, "conflict"));
    assert_eq!(offset(&bob, &upload).await.0, 404);
    assert_eq!(status(&piece(&bob, &upload, 1_000_000, b"x").send().await.unwrap()), 404);
    assert_eq!(status(&piece(&alice, &upload, 5, b"x").send().await.unwrap()), 409);
    let usage = alice.get("/api/v1/me/files").await.1;
    assert_eq!((&usage["used_bytes"], &usage["uploads"]), (&json!(3_000_000), &json!(1)));
    let rest = piece(&alice, &upload, 1_000_000, &whole[1_000_000..]).send().await.unwrap();
    assert_eq!((status(&rest), header(&rest, "upload-offset")), (204, "3000000".to_owned()));
    // Who did not hear the last answer asks again and finds it done.
    assert_eq!(offset(&alice, &upload).await, (200, "3000000".to_owned()));
    let info = alice.get(&format!("/api/v1/files/{id}")).await.1;
    assert_eq!((&info["name"], &info["size"]), (&json!("notes.txt"), &json!(3_000_000)));
    let chat = alice.direct(&bob);
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    assert!(fetch(&bob, &at(&chat, index, &id)).await.bytes().await.unwrap() == whole);
    assert_eq!(offset(&alice, &upload).await.0, 404);
}

#[tokio::test]
async fn what_the_protocol_asks_for_is_there() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let options = place.http.request(Method::OPTIONS, format!("{}/api/v1/uploads", place.url));
    let options = options.send().await.unwrap();
    assert_eq!((status(&options), header(&options, "tus-version")), (204, "1.0.0".to_owned()));
    assert_eq!(header(&options, "tus-max-size"), "26214400");
    for extension in ["creation", "termination", "expiration", "checksum"] {
        assert!(header(&options, "tus-extension").contains(extension), "{extension}");
    }
    let old = alice.request(Method::POST, "/api/v1/uploads").header("tus-resumable", "0.2.2");
    let old = old.header("upload-length", 5).send().await.unwrap();
    assert_eq!((status(&old), header(&old, "tus-version")), (412, "1.0.0".to_owned()));
    let large = tus(&alice, Method::POST, "/api/v1/uploads").header("upload-length", 26_214_401);
    assert_eq!(status(&large.send().await.unwrap()), 413);
    assert_eq!(status(&tus(&alice, Method::POST, "/api/v1/uploads").send().await.unwrap()), 422);
    let upload = create(&alice, 5, "").await;
    let wrong = tus(&alice, Method::PATCH, &upload).header("upload-offset", 0).body("hello").send().await;
    assert_eq!(status(&wrong.unwrap()), 415);
    // A checksum that does not fit leaves nothing.
    let sum = "sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=";
    let bad = piece(&alice, &upload, 0, b"hello").header("upload-checksum", sum).send().await.unwrap();
    assert_eq!(status(&bad), 460);
    let odd = piece(&alice, &upload, 0, b"hello").header("upload-checksum", "md5 AAAA").send().await.unwrap();
    assert_eq!(status(&odd), 400);
    assert_eq!(offset(&alice, &upload).await.1, "0");
    let sum = "sha1 qvTGHdzF6KLavt4PO0gs2a6pQ00=";
    let good = tus(&alice, Method::POST, &upload).header("x-http-method-override", "PATCH");
    let good = good.header("upload-offset", 0).header("content-type", "application/offset+octet-stream");
    let good = good.header("upload-checksum", sum).body("hello").send().await.unwrap();
    assert_eq!((status(&good), header(&good, "upload-offset")), (204, "5".to_owned()));
    // With the first bytes at once; more than was declared is refused.
    let both = tus(&alice, Method::POST, "/api/v1/uploads").header("upload-length", 3);
    let both = both.header("content-type", "application/offset+octet-stream").body("abc");
    let both = both.send().await.unwrap();
    assert_eq!((status(&both), header(&both, "upload-offset")), (201, "3".to_owned()));
    let upload = create(&alice, 2, "").await;
    assert_eq!(status(&piece(&alice, &upload, 0, b"abc").send().await.unwrap()), 413);
    assert_eq!(status(&tus(&alice, Method::DELETE, &upload).send().await.unwrap()), 204);
    assert_eq!(offset(&alice, &upload).await.0, 404);
    assert_eq!(alice.get("/api/v1/me/files").await.1["uploads"], 0);
    // Nothing at all is a file too.
    let empty = create(&alice, 0, "").await;
    assert_eq!(offset(&alice, &empty).await, (200, "0".to_owned()));
    let id = empty.rsplit('/').next().unwrap();
    assert_eq!(alice.get(&format!("/api/v1/files/{id}")).await.1["size"], 0);
}

#[tokio::test]
async fn what_breaks_off_is_kept_to_go_on_from() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let whole = content(2_000_000);
    let upload = create(&alice, whole.len(), "").await;
    // The connection dies after a part of the body.
    let (first, rest) = whole.split_at(1_300_000);
    let dies = futures_util::stream::iter([Ok(first.to_vec()), Err(std::io::Error::other("gone"))]);
    let dying = tus(&alice, Method::PATCH, &upload)
        .header("upload-offset", 0)
        .header("content-type", "application/offset+octet-stream")
        .body(reqwest::Body::wrap_stream(dies));
    assert!(dying.send().await.is_err());
    let mut reached = String::new();
    for _ in 0..50 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        reached = offset(&alice, &upload).await.1;
        if reached != "0" {
            break;
        }
    }
    let reached: usize = reached.parse().unwrap();
    assert!(reached > 0 && reached <= first.len(), "{reached}");
    let last = [&first[reached..], rest].concat();
    assert_eq!(status(&piece(&alice, &upload, reached, &last).send().await.unwrap()), 204);
    let id = upload.rsplit('/').next().unwrap();
    let got = fetch(&alice, &format!("/api/v1/files/{id}/content")).await.bytes().await.unwrap();
    assert!(got == whole);
}

#[tokio::test]
async fn uploads_are_slowed_down_and_need_a_session() {
    let place = Place::start_with(|config| config.media.uploads_per_minute = 3).await;
    let alice = place.person("alice").await;
    for number in 0..3 {
        assert_eq!(post(&alice, "", vec![number]).await.0, 200);
    }
    let (status, refused) = post(&alice, "", vec![9]).await;
    assert_eq!((status, text(&refused["code"])), (429, "rate_limited".to_owned()));
    let nobody = place.http.post(format!("{}/api/v1/files", place.url)).body("x");
    assert_eq!(code(&crate::place::answer(nobody).await), (401, "not_signed_in"));
}

/// The program on a folder, where it is, and its log, which it cannot do without.
fn serve(folder: &Path) -> (Child, String, impl Iterator) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_parlance"))
        .env_clear()
        .env("PARLANCE_LISTEN", "127.0.0.1:0")
        .env("PARLANCE_DATA", folder.join("data"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(program.stderr.take().unwrap()).lines();
    let line = log.find(|line| line.as_ref().unwrap().contains(" is at http")).unwrap().unwrap();
    let url = line[line.find("http://").unwrap()..].to_owned();
    (program, url, log)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_goes_on_where_it_had_come_to() {
    let folder = tempfile::TempDir::new().unwrap();
    let (mut program, url, _log) = serve(folder.path());
    let http = Place::client();
    let input = json!({ "username": "alice", "password": crate::place::PASSWORD });
    let (_, signed_in) = crate::place::answer(http.post(format!("{url}/api/v1/register")).json(&input)).await;
    let mut alice = Person {
        id: text(&signed_in["user"]["user_id"]),
        session: text(&signed_in["session_id"]),
        token: text(&signed_in["token"]),
        url,
        http,
    };
    let whole = content(24_000_000);
    let upload = create(&alice, whole.len(), "").await;
    assert_eq!(status(&piece(&alice, &upload, 0, &whole[..3_000_000]).send().await.unwrap()), 204);
    // Killed in the middle of the next piece, which never ends.
    let slow = futures_util::stream::unfold(3_000_000, {
        let whole = whole.clone();
        move |at| {
            let next = whole[at..at + 1_000_000].to_vec();
            async move {
                tokio::time::sleep(Duration::from_millis(20)).await;
                Some((Ok::<_, std::io::Error>(next), (at + 1_000_000).min(22_000_000)))
            }
        }
    });
    let sending = tus(&alice, Method::PATCH, &upload)
        .header("upload-offset", 3_000_000)
        .header("content-type", "application/offset+octet-stream")
        .body(reqwest::Body::wrap_stream(slow));
    let sending = tokio::spawn(sending.send());
    tokio::time::sleep(Duration::from_millis(300)).await;
    program.kill().unwrap();
    program.wait().unwrap();
    assert!(sending.await.unwrap().is_err());
    let (mut program, url, _log) = serve(folder.path());
    alice.url = url;
    let reached: usize = offset(&alice, &upload).await.1.parse().unwrap();
    assert!((3_000_000..whole.len()).contains(&reached), "{reached}");
    assert_eq!(status(&piece(&alice, &upload, reached, &whole[reached..]).send().await.unwrap()), 204);
    let id = upload.rsplit('/').next().unwrap();
    let got = fetch(&alice, &format!("/api/v1/files/{id}/content")).await.bytes().await.unwrap();
    assert!(got == whole);
    program.kill().unwrap();
    program.wait().unwrap();
}

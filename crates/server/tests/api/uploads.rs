//! Resumable uploads as tus clients make them: pieces, offsets, checksums, and what becomes of what breaks off.
//! The bytes that come out are those that went in.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::json;

use crate::files::{at, fetch, header, post, send};
use crate::place::{Person, Place, code, text};

pub fn tus(person: &Person, method: Method, path: &str) -> RequestBuilder {
    person.request(method, path).header("tus-resumable", "1.0.0")
}

pub async fn create(person: &Person, length: usize, metadata: &str) -> String {
    let request = tus(person, Method::POST, "/api/v1/uploads")
        .header("upload-length", length)
        .header("upload-metadata", metadata);
    let created = request.send().await.unwrap();
    assert_eq!(created.status(), 201);
    assert!(!header(&created, "upload-expires").is_empty());
    header(&created, "location")
}

pub fn piece(person: &Person, upload: &str, offset: usize, content: &[u8]) -> RequestBuilder {
    tus(person, Method::PATCH, upload)
        .header("upload-offset", offset)
        .header("content-type", "application/offset+octet-stream")
        .body(content.to_vec())
}

pub async fn offset(person: &Person, upload: &str) -> (u16, String) {
    let head = tus(person, Method::HEAD, upload).send().await.unwrap();
    (head.status().as_u16(), header(&head, "upload-offset"))
}

pub fn content(length: usize) -> Vec<u8> {
    (0..length).map(|number| (number * 7 % 251) as u8).collect()
}

pub fn status(response: &Response) -> u16 {
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

/// Begins a POST of 1,000 bytes on a connection of its own and sends 500 of them.
async fn half_a_post(person: &Person) -> tokio::net::TcpStream {
    use tokio::io::AsyncWriteExt as _;
    let mut line = tokio::net::TcpStream::connect(person.url.strip_prefix("http://").unwrap()).await.unwrap();
    let head = format!(
        "POST /api/v1/files HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\ncontent-length: 1000\r\n\r\n",
        person.token
    );
    line.write_all(head.as_bytes()).await.unwrap();
    line.write_all(&[7; 500]).await.unwrap();
    line
}

/// Waits until so many uploads of somebody are under way.
async fn under_way(person: &Person, uploads: u64) {
    for _ in 0..200 {
        if person.get("/api/v1/me/files").await.1["uploads"] == uploads {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("in 10 seconds: {uploads} uploads under way");
}

#[tokio::test]
async fn what_stalls_is_told_to_go_on_later() {
    use tokio::io::AsyncReadExt as _;
    let place = Place::start_with(|config| config.media.stall_seconds = 1).await;
    let alice = place.person("alice").await;
    let mut line = half_a_post(&alice).await;
    let mut answer = vec![0; 4_096];
    let count = line.read(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer[..count]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("nothing came for 1 seconds"), "{answer}");
    // A single POST leaves nothing; a resumable upload keeps what came.
    under_way(&alice, 0).await;
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
    let upload = create(&alice, 1_000, "").await;
    let never = futures_util::StreamExt::chain(
        futures_util::stream::iter([Ok::<_, std::io::Error>(vec![7; 500])]),
        futures_util::stream::pending(),
    );
    let stalled = tus(&alice, Method::PATCH, &upload)
        .header("upload-offset", 0)
        .header("content-type", "application/offset+octet-stream")
        .body(reqwest::Body::wrap_stream(never));
    assert_eq!(code(&crate::place::answer(stalled).await), (408, "stalled"));
    assert_eq!(offset(&alice, &upload).await.1, "500");
}

#[tokio::test]
async fn a_post_that_breaks_off_leaves_nothing() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let line = half_a_post(&alice).await;
    under_way(&alice, 1).await;
    drop(line);
    under_way(&alice, 0).await;
    assert_eq!(alice.get("/api/v1/me/files").await.1["used_bytes"], 0);
    // Over HTTP/2 one request is given up while the connection stays: the server drops what answers it.
    let pair = crate::tls::pair();
    let (mut place, _files, url) = crate::tls::secure(&pair).await;
    let trusted = reqwest::Certificate::from_pem(pair.certificate.as_bytes()).unwrap();
    let http = reqwest::Client::builder().tls_certs_only([trusted]).no_proxy().build().unwrap();
    (place.http, place.url) = (http, url);
    let bob = place.person("bob").await;
    let never = futures_util::StreamExt::chain(
        futures_util::stream::iter([Ok::<_, std::io::Error>(vec![7; 500])]),
        futures_util::stream::pending(),
    );
    let sending = bob.request(Method::POST, "/api/v1/files").header("content-length", 1_000);
    let sending = tokio::spawn(sending.body(reqwest::Body::wrap_stream(never)).send());
    under_way(&bob, 1).await;
    sending.abort();
    under_way(&bob, 0).await;
    assert_eq!(bob.get("/api/v1/me/files").await.1["used_bytes"], 0);
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

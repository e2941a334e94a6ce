//! Files in an object store: a server that really speaks S3, with signatures, started by the test.
//! What is read, in ranges and sizes, and what is erased, is the same as in a folder.

use std::path::{Path, PathBuf};

use hyper_util::rt::{TokioExecutor, TokioIo};
use image::ImageFormat;
use reqwest::Method;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use serde_json::json;
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::files::{at, fetch, file, files_in, header, post, send, until};
use crate::pictures::{encoded, halves};
use crate::place::{Place, code, text};

const KEY_ID: &str = "parlance-test";
const SECRET: &str = "a secret of the test";

/// An object store in a folder, and where it is.
async fn object_store(root: &Path) -> String {
    std::fs::create_dir_all(root.join("bucket")).unwrap();
    let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                // A connection that the client closes is no fault.
                _ = server.serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    format!("http://{address}")
}

async fn place(endpoint: String, secret: &'static str) -> Place {
    Place::start_with(move |config| {
        config.limits.rates = false;
        config.media.grace_seconds = 0;
        config.media.collect_seconds = 1;
        "bucket".clone_into(&mut config.media.s3_bucket);
        config.media.s3_endpoint = endpoint;
        KEY_ID.clone_into(&mut config.media.s3_key_id);
        config.media.s3_secret = parlance_server::Secret::new(secret);
        "media".clone_into(&mut config.media.s3_prefix);
    })
    .await
}

/// What the bucket holds; the store keeps notes of its own beside it.
fn objects(root: &Path) -> usize {
    files_in(&root.join("bucket/media")).len()
}

fn root() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("objects");
    (folder, root)
}

#[tokio::test(flavor = "multi_thread")]
async fn files_live_and_end_in_an_object_store() {
    let (_folder, root) = root();
    let place = place(object_store(&root).await, SECRET).await;
    let (alice, bob) = (place.person("alice").await, place.person("bob").await);
    let chat = alice.direct(&bob);
    // Above 8 MiB it goes in parts.
    let large: Vec<u8> = (0..20_000_001_u32).map(|number| (number % 239) as u8).collect();
    let id = file(&alice, "name=large.bin", large.clone()).await;
    let index = send(&alice, &chat, "k", &[json!({ "file_id": id })]).await;
    let path = at(&chat, index, &id);
    assert!(fetch(&bob, &path).await.bytes().await.unwrap() == large);
    let part = bob.request(Method::GET, &path).header("range", "bytes=9999990-10000009");
    let part = part.send().await.unwrap();
    assert_eq!(header(&part, "content-range"), "bytes 9999990-10000009/20000001");
    assert_eq!(part.bytes().await.unwrap(), &large[9_999_990..10_000_010]);
    // A picture in its sizes; the same bytes again are kept once.
    let picture = encoded(halves(1_600, 800), ImageFormat::Jpeg);
    let first = file(&alice, "", picture.clone()).await;
    let kept = objects(&root);
    let second = file(&bob, "", picture).await;
    assert_eq!(objects(&root), kept);
    for (person, id) in [(&alice, &first), (&bob, &second)] {
        let small = fetch(person, &format!("/api/v1/files/{id}/content?size=small")).await;
        let small = image::load_from_memory(&small.bytes().await.unwrap()).unwrap();
        assert_eq!((small.width(), small.height()), (320, 160));
    }
    // Nothing is kept in the folder, and nothing stays in the bucket of what is gone.
    assert!(files_in(&place.folder.path().join("data/media")).is_empty());
    assert_eq!(alice.delete(&format!("/api/v1/conversations/{chat}/messages/{index}")).await.0, 200);
    assert_eq!(fetch(&bob, &path).await.status(), 404);
    for (person, id) in [(&alice, &first), (&bob, &second)] {
        assert_eq!(person.delete(&format!("/api/v1/files/{id}")).await.0, 200);
    }
    until("the bucket is empty", || objects(&root) == 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_store_that_refuses_loses_nothing() {
    let (_folder, root) = root();
    let endpoint = object_store(&root).await;
    let mut wrong = place(endpoint.clone(), "another secret").await;
    let alice = wrong.person("alice").await;
    let upload = alice.request(Method::POST, "/api/v1/uploads").header("tus-resumable", "1.0.0");
    let upload = upload.header("upload-length", 5).send().await.unwrap();
    let upload = header(&upload, "location");
    let bytes = alice.request(Method::PATCH, &upload).header("tus-resumable", "1.0.0");
    let bytes = bytes.header("upload-offset", 0).header("content-type", "application/offset+octet-stream");
    assert_eq!(bytes.body("hello").send().await.unwrap().status(), 500);
    assert_eq!(code(&post(&alice, "", b"hello".to_vec()).await), (500, "internal"));
    assert_eq!(objects(&root), 0);
    // With the right key the upload becomes its file with the next question about it.
    wrong.stop().await;
    let data = wrong.folder.path().join("data");
    let mut config = Place::settings(data);
    "bucket".clone_into(&mut config.media.s3_bucket);
    config.media.s3_endpoint = endpoint;
    KEY_ID.clone_into(&mut config.media.s3_key_id);
    config.media.s3_secret = parlance_server::Secret::new(SECRET);
    let server = parlance_server::Server::start(config).await.unwrap();
    let alice = crate::place::Person { url: server.url().to_owned(), ..alice };
    let head = alice.request(Method::HEAD, &upload).header("tus-resumable", "1.0.0").send().await.unwrap();
    assert_eq!((head.status().as_u16(), header(&head, "upload-offset")), (200, "5".to_owned()));
    let id = upload.rsplit('/').next().unwrap();
    assert_eq!(text(&alice.get(&format!("/api/v1/files/{id}")).await.1["file_id"]), id);
    let content = fetch(&alice, &format!("/api/v1/files/{id}/content")).await;
    assert_eq!(content.bytes().await.unwrap(), "hello");
    server.stop().await.unwrap();
}

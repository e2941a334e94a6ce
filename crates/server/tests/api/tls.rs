//! TLS from certificate files: HTTP/2 and HTTP/1.1 over it, the secure cookie, WebSockets, new files while it runs.
//! Files that cannot be used are named at start.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use parlance_server::{Config, Server};
use reqwest::{Certificate, Client};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::place::{PASSWORD, Place};

pub struct Pair {
    pub certificate: String,
    key: String,
}

pub fn pair() -> Pair {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    Pair { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() }
}

/// A server that ends TLS itself, the folder of its files, and its address by name.
pub async fn secure(pair: &Pair) -> (Place, tempfile::TempDir, String) {
    let files = tempfile::TempDir::new().unwrap();
    let (cert, key) = (files.path().join("cert.pem"), files.path().join("key.pem"));
    std::fs::write(&cert, &pair.certificate).unwrap();
    std::fs::write(&key, &pair.key).unwrap();
    let place = Place::start_with(|config| {
        config.tls.cert = cert;
        config.tls.key = key;
        config.tls.reload_seconds = 1;
    })
    .await;
    let port = place.url.rsplit(':').next().unwrap();
    let url = format!("https://localhost:{port}");
    (place, files, url)
}

/// A client that trusts this certificate only and keeps no connection.
fn trusting(pair: &Pair) -> Client {
    let trusted = Certificate::from_pem(pair.certificate.as_bytes()).unwrap();
    Client::builder().tls_certs_only([trusted]).pool_max_idle_per_host(0).no_proxy().build().unwrap()
}

#[tokio::test]
async fn both_versions_of_http_are_spoken_and_the_cookie_is_secure() {
    let pair = pair();
    let (place, _files, url) = secure(&pair).await;
    let port = place.url.rsplit(':').next().unwrap();
    let trusted = Certificate::from_pem(pair.certificate.as_bytes()).unwrap();
    let client = |builder: reqwest::ClientBuilder| {
        builder.tls_certs_only([trusted.clone()]).no_proxy().build().unwrap()
    };
    let new = client(Client::builder());
    let response = new.get(format!("{url}/healthz")).send().await.unwrap();
    assert_eq!((response.status().as_u16(), response.version()), (200, http::Version::HTTP_2));
    let old = client(Client::builder().http1_only());
    let response = old.get(format!("{url}/healthz")).send().await.unwrap();
    assert_eq!(response.version(), http::Version::HTTP_11);
    let input = json!({ "username": "alice", "password": PASSWORD });
    let request = new.post(format!("{url}/api/v1/register")).header("origin", &url).json(&input);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 200);
    let cookie = response.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("__Host-parlance=") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(response.headers().contains_key("strict-transport-security"));
    let signed_in: Value = response.json().await.unwrap();
    let me = old.get(format!("{url}/api/v1/me")).bearer_auth(signed_in["token"].as_str().unwrap());
    assert_eq!(me.send().await.unwrap().status(), 200);
    let plain = reqwest::get(format!("http://localhost:{port}/healthz")).await;
    assert!(plain.is_err(), "no plain HTTP on a TLS port");
}

#[tokio::test]
async fn files_that_cannot_be_used_are_named() {
    let folder = tempfile::TempDir::new().unwrap();
    let (cert, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&cert, "no certificate").unwrap();
    std::fs::write(&key, pair().key).unwrap();
    let mut config = Config { data: folder.path().join("data"), ..Config::default() };
    config.tls.cert.clone_from(&cert);
    config.tls.key = key;
    let error = format!("{:#}", Server::start(config).await.err().unwrap());
    assert!(error.contains("cert.pem"), "{error}");
}

/// Whether somebody new, who remembers no TLS session, trusts what the server shows.
async fn reaches(pair: &Pair, url: &str) -> bool {
    trusting(pair).get(format!("{url}/healthz")).send().await.is_ok()
}

#[tokio::test]
async fn a_new_certificate_is_taken_without_a_restart_and_a_bad_one_is_not() {
    let (old, new) = (pair(), pair());
    let (mut place, files, url) = secure(&old).await;
    assert!(reaches(&old, &url).await && !reaches(&new, &url).await);
    let write = |name: &str, text: &str| std::fs::write(files.path().join(name), text).unwrap();
    write("cert.pem", "no certificate");
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert!(reaches(&old, &url).await, "what cannot be used changes nothing");
    write("key.pem", &new.key);
    write("cert.pem", &new.certificate);
    let began = Instant::now();
    while !reaches(&new, &url).await {
        assert!(began.elapsed() < Duration::from_secs(10), "the new certificate is not taken");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(!reaches(&old, &url).await);
    write("key.pem", &old.key);
    write("cert.pem", &old.certificate);
    let server = place.take();
    server.reload_certificates();
    assert!(reaches(&old, &url).await, "as on SIGHUP, at once");
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_takes_a_new_certificate_when_it_is_told_to() {
    // Makes TLS usable for the clients below.
    drop(Place::client());
    let (old, new) = (pair(), pair());
    let files = tempfile::TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(files.path().join(name), text).unwrap();
    write("cert.pem", &old.certificate);
    write("key.pem", &old.key);
    let mut program = Command::new(env!("CARGO_BIN_EXE_parlance"))
        .env_clear()
        .current_dir(files.path())
        .env("PARLANCE_LISTEN", "127.0.0.1:0")
        .env("PARLANCE_TLS_CERT", "cert.pem")
        .env("PARLANCE_TLS_KEY", "key.pem")
        .env("PARLANCE_TLS_RELOAD_SECONDS", "0")
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(program.stderr.take().unwrap()).lines();
    let line = log.find(|line| line.as_ref().unwrap().contains(" is at http")).unwrap().unwrap();
    let url = format!("https://localhost:{}", line.rsplit(':').next().unwrap());
    assert!(reaches(&old, &url).await && !reaches(&new, &url).await);
    write("cert.pem", &new.certificate);
    write("key.pem", &new.key);
    assert!(!reaches(&new, &url).await, "nobody looks by himself");
    let tell = |signal: &str| {
        assert!(Command::new("kill").args([signal, &program.id().to_string()]).status().unwrap().success());
    };
    tell("-HUP");
    assert!(log.any(|line| line.unwrap().contains("read anew")));
    assert!(reaches(&new, &url).await && !reaches(&old, &url).await);
    tell("-TERM");
    assert!(program.wait().unwrap().success());
}

/// Kinds, flags and reasons of HTTP/2 (RFC 9113).
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const GOAWAY: u8 = 7;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;
const CANCEL: [u8; 4] = [0, 0, 0, 8];
const ENHANCE_YOUR_CALM: u32 = 11;

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = &(payload.len() as u32).to_be_bytes()[1..];
    [length, &[kind, flags], &stream.to_be_bytes(), payload].concat()
}

#[tokio::test]
async fn a_storm_of_resets_ends_the_connection() {
    let pair = pair();
    let (place, _files, url) = secure(&pair).await;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pair.certificate.as_bytes()).unwrap()).unwrap();
    let mut config = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let socket = TcpStream::connect(place.url.strip_prefix("https://").unwrap()).await.unwrap();
    let name = "localhost".try_into().unwrap();
    let socket = TlsConnector::from(Arc::new(config)).connect(name, socket).await.unwrap();
    let (mut reader, mut writer) = tokio::io::split(socket);
    writer.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    writer.write_all(&frame(SETTINGS, 0, 0, &[])).await.unwrap();
    let storm = (0..400).flat_map(|number| {
        let stream = 2 * number + 1;
        // GET, https, /, and the authority, by their places in HPACK's static table.
        let head = [&[0x82, 0x87, 0x84, 0x41, 9][..], b"localhost"].concat();
        [frame(HEADERS, END_STREAM | END_HEADERS, stream, &head), frame(RST_STREAM, 0, stream, &CANCEL)]
            .concat()
    });
    writer.write_all(&storm.collect::<Vec<u8>>()).await.unwrap();
    let goes_away = async {
        loop {
            let mut head = [0; 9];
            reader.read_exact(&mut head).await.expect("it ends without a GOAWAY");
            let mut rest = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
            reader.read_exact(&mut rest).await.unwrap();
            if head[3] == GOAWAY {
                return u32::from_be_bytes(rest[4..8].try_into().unwrap());
            }
        }
    };
    let reason = tokio::time::timeout(Duration::from_secs(20), goes_away).await.expect("it goes on and on");
    assert_eq!(reason, ENHANCE_YOUR_CALM);
    assert!(reaches(&pair, &url).await, "others are served");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_rust_sdk_speaks_over_tls() {
    let pair = pair();
    let (_place, files, url) = secure(&pair).await;
    let http = trusting(&pair);
    let input = json!({ "username": "alice", "password": PASSWORD });
    let answer = http.post(format!("{url}/api/v1/register")).json(&input).send().await.unwrap();
    let alice: Value = answer.json().await.unwrap();
    let (token, id) = (alice["token"].as_str().unwrap(), alice["user"]["user_id"].as_str().unwrap());
    // The command line finds its server through the SDK: calls over https, updates over wss.
    let mut tail = Command::new(env!("CARGO_BIN_EXE_parlance"))
        .args(["tail", "--from-start", "--json", "--server", &url])
        .env("PARLANCE_TOKEN", token)
        .env("SSL_CERT_FILE", files.path().join("cert.pem"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let direct = format!("d_{}_{}", &id[2..], &id[2..]);
    let message = json!({ "client_message_id": "k1", "text": "over TLS" });
    let path = format!("{url}/api/v1/conversations/{direct}/messages");
    let sent = http.post(path).bearer_auth(token).json(&message).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    let output = tail.stdout.take().unwrap();
    let line = tokio::task::spawn_blocking(move || BufReader::new(output).lines().next().unwrap().unwrap());
    let line = tokio::time::timeout(Duration::from_secs(20), line).await.expect("nothing came").unwrap();
    tail.kill().unwrap();
    tail.wait().unwrap();
    assert!(line.contains("over TLS"), "{line}");
}

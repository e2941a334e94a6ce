//! TLS from certificate files: HTTP/2 and HTTP/1.1 over it, the secure cookie, WebSockets.
//! Files that cannot be used are named at start.

use parlance_server::{Config, Server};
use reqwest::{Certificate, Client};
use serde_json::{Value, json};

use crate::place::{PASSWORD, Place};

struct Pair {
    certificate: String,
    key: String,
}

fn pair() -> Pair {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    Pair { certificate: made.cert.pem(), key: made.signing_key.serialize_pem() }
}

#[tokio::test]
async fn both_versions_of_http_are_spoken_and_the_cookie_is_secure() {
    let pair = pair();
    let files = tempfile::TempDir::new().unwrap();
    let (cert, key) = (files.path().join("cert.pem"), files.path().join("key.pem"));
    std::fs::write(&cert, &pair.certificate).unwrap();
    std::fs::write(&key, &pair.key).unwrap();
    let place = Place::start_with(|config| {
        config.tls.cert = cert;
        config.tls.key = key;
    })
    .await;
    let port = place.url.rsplit(':').next().unwrap();
    let url = format!("https://localhost:{port}");
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

//! What a browser is told and refused: origins, cookies, headers, the web client's files.
//! Nothing here depends on a script behaving well.

use parlance_server::config::Registration;
use serde_json::json;

use crate::line::Line;
use crate::place::{PASSWORD, Place, answer, code};

#[tokio::test]
async fn with_the_cookie_only_our_own_pages_may_act() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let cookie = format!("parlance={}", alice.token);
    let patch = |origin: Option<&str>| {
        let request = place.http.patch(format!("{}/api/v1/me", place.url)).header("cookie", &cookie);
        let request = request.json(&json!({ "display_name": "A" }));
        answer(match origin {
            Some(origin) => request.header("origin", origin),
            None => request,
        })
    };
    for foreign in [None, Some("null"), Some("http://evil.example"), Some("https://127.0.0.1")] {
        assert_eq!(code(&patch(foreign).await), (403, "foreign_origin"), "{foreign:?}");
        let mut headers = vec![("cookie", cookie.as_str())];
        headers.extend(foreign.map(|origin| ("origin", origin)));
        assert_eq!(Line::open(&place.url, &headers).await.err(), Some(403), "{foreign:?}");
    }
    assert_eq!(patch(Some(&place.url)).await.0, 200);
    let mut line = Line::open(&place.url, &[("cookie", &cookie), ("origin", &place.url)]).await.unwrap();
    assert_eq!(line.event("hello").await["user_id"], alice.id.as_str());
    let read = place.http.get(format!("{}/api/v1/me", place.url)).header("cookie", &cookie);
    assert_eq!(answer(read).await.0, 200);
}

#[tokio::test]
async fn a_sign_in_from_another_site_is_refused() {
    let place = Place::start().await;
    place.person("alice").await;
    let log_in = |origin: &str| {
        let request = place.http.post(format!("{}/api/v1/login", place.url)).header("origin", origin);
        request.json(&json!({ "username": "alice", "password": PASSWORD })).send()
    };
    assert_eq!(log_in("http://evil.example").await.unwrap().status(), 403);
    let own = log_in(&place.url).await.unwrap();
    assert_eq!(own.status(), 200);
    let cookie = own.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("parlance=ps_") && cookie.contains("HttpOnly; SameSite=Strict"), "{cookie}");
    assert!(!cookie.contains("Secure"));
}

#[tokio::test]
async fn a_form_of_another_site_is_no_request() {
    let place = Place::start().await;
    let alice = place.person("alice").await;
    let request = alice.request(reqwest::Method::POST, "/api/v1/rtm.send");
    let form = request.header("content-type", "application/x-www-form-urlencoded").body("sourceID=1&text=hi");
    assert_eq!(code(&answer(form).await), (400, "bad_frame"));
    let plain = alice.request(reqwest::Method::POST, "/api/v1/rtm.send").header("content-type", "text/plain");
    assert_eq!(code(&answer(plain.body("{}")).await), (400, "bad_frame"));
}

#[tokio::test]
async fn behind_a_proxy_the_configured_address_counts() {
    let place = Place::start_with(|config| {
        config.public_url = "https://chat.example".to_owned();
        config.registration = Registration::Open;
    })
    .await;
    let log_in = |origin: &str| {
        let request = place.http.post(format!("{}/api/v1/register", place.url)).header("origin", origin);
        request.json(&json!({ "username": "alice", "password": PASSWORD })).send()
    };
    assert_eq!(log_in(&place.url).await.unwrap().status(), 403);
    let own = log_in("https://chat.example").await.unwrap();
    let cookie = own.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.starts_with("__Host-parlance=ps_") && cookie.ends_with("; Secure"), "{cookie}");
    assert!(own.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_keep_a_browser_in_check() {
    let place = Place::start().await;
    for path in ["/", "/c/g_0000000000001", "/healthz", "/api/v1/me", "/nothing", "/docs", "/openapi.json"] {
        let response = place.http.get(format!("{}{path}", place.url)).send().await.unwrap();
        let header =
            |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or("");
        assert!(header("content-security-policy").contains("default-src 'none'"), "{path}");
        assert!(header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!header("content-security-policy").contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(header("access-control-allow-origin"), "", "{path}");
    }
}

#[tokio::test]
async fn the_client_loads_at_its_own_addresses() {
    let place = Place::start().await;
    for path in ["/", "/c/d_0000000000001_0000000000002"] {
        let response = place.http.get(format!("{}{path}", place.url)).send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["cache-control"]),
            (200, &"no-cache".parse().unwrap())
        );
        assert!(response.text().await.unwrap().contains("<title>Parlance</title>"));
    }
    assert_eq!(code(&place.get("/cats").await), (404, "unknown_operation"));
}

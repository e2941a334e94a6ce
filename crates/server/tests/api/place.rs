//! A server in a folder of its own, and people on it.
//! Requests answer status and JSON, so that a test reads as what was asked and what came back.

use std::path::PathBuf;

use parlance_server::{Config, Names, Server};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::line::Line;

pub const PASSWORD: &str = "four words are good";

/// A server and its folder.
pub struct Place {
    server: Option<Server>,
    pub folder: TempDir,
    pub url: String,
    pub http: Client,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Person {
    pub id: String,
    pub session: String,
    pub token: String,
    pub url: String,
    pub http: Client,
}

/// A status and what came with it.
pub type Answer = (u16, Value);

impl Place {
    pub async fn start() -> Place {
        Place::start_with(|config| config.limits.rates = false).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Place {
        Place::start_among(Names::default(), change).await
    }

    /// With link previews among these names.
    pub async fn start_among(names: Names, change: impl FnOnce(&mut Config)) -> Place {
        let folder = TempDir::new().unwrap();
        let mut config = Place::settings(folder.path().join("data"));
        change(&mut config);
        let server = Server::start_among(config, names).await.unwrap();
        let http = Place::client();
        Place { url: server.url().to_owned(), server: Some(server), folder, http }
    }

    /// A client that keeps no cookies.
    pub fn client() -> Client {
        // Another test may have been first.
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        Client::builder().build().unwrap()
    }

    /// Settings of a server in this folder, at any free port.
    pub fn settings(folder: PathBuf) -> Config {
        Config { listen: "127.0.0.1:0".parse().unwrap(), data: folder, ..Config::default() }
    }

    pub async fn stop(&mut self) {
        self.server.take().unwrap().stop().await.unwrap();
    }

    pub fn take(&mut self) -> Server {
        self.server.take().unwrap()
    }

    pub async fn person(&self, name: &str) -> Person {
        let input = json!({ "username": name, "password": PASSWORD, "device_name": "first" });
        let (status, answer) = self.post("/api/v1/register", &input).await;
        assert_eq!(status, 200, "{answer}");
        self.of(&answer)
    }

    pub async fn log_in(&self, name: &str) -> Person {
        let (status, answer) = self.log_in_with(name, PASSWORD).await;
        assert_eq!(status, 200, "{answer}");
        self.of(&answer)
    }

    pub async fn log_in_with(&self, name: &str, password: &str) -> Answer {
        self.post("/api/v1/login", &json!({ "username": name, "password": password })).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.http.get(format!("{}{path}", self.url))).await
    }

    pub async fn post(&self, path: &str, input: &Value) -> Answer {
        answer(self.http.post(format!("{}{path}", self.url)).json(input)).await
    }

    pub fn of(&self, signed_in: &Value) -> Person {
        Person {
            id: text(&signed_in["user"]["user_id"]),

            session: text(&signed_in["session_id"]),
            token: text(&signed_in["token"]),
            url: self.url.clone(),
            http: self.http.clone(),
        }
    }
}

impl Person {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token)
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        answer(self.request(Method::DELETE, path)).await
    }

    pub async fn post(&self, path: &str, input: &Value) -> Answer {
        answer(self.request(Method::POST, path).json(input)).await
    }

    pub async fn patch(&self, path: &str, input: &Value) -> Answer {
        answer(self.request(Method::PATCH, path).json(input)).await
    }

    /// Sends a text and answers its index.
    pub async fn say(&self, conversation: &str, key: &str, text: &str) -> u64 {
        let input = json!({ "client_message_id": key, "text": text });
        let (status, answer) =
            self.post(&format!("/api/v1/conversations/{conversation}/messages"), &input).await;
        assert_eq!(status, 200, "{answer}");
        answer["index"].as_u64().unwrap()
    }

    /// Creates a group and answers its id.
    pub async fn group(&self, key: &str, members: &[&Person]) -> String {
        let members: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
        let input = json!({ "name": "Team", "member_ids": members, "client_message_id": key });
        let (status, answer) = self.post("/api/v1/conversations", &input).await;
        assert_eq!(status, 200, "{answer}");
        text(&answer["conversation_id"])
    }

    /// The conversation with somebody.
    pub fn direct(&self, other: &Person) -> String {
        let (one, two) = if self.id < other.id { (self, other) } else { (other, self) };
        format!("d_{}_{}", &one.id[2..], &two.id[2..])
    }

    /// A WebSocket that is signed in and has said hello.
    pub async fn line(&self) -> Line {
        let mut line =
            Line::open(&self.url, &[("authorization", &format!("Bearer {}", self.token))]).await.unwrap();
        assert_eq!(line.event("hello").await["user_id"], self.id.as_str());
        line
    }
}

/// Sends a request and reads its answer.
pub async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let bytes = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// A JSON string's text.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("not a text: {value}")).to_owned()
}

/// The stable code of a refusal.
pub fn code(answer: &Answer) -> (u16, &str) {
    (answer.0, answer.1["code"].as_str().unwrap_or_default())
}

/// The body of an answer that must be a good one.
pub async fn ok(answer: impl Future<Output = (u16, Value)>) -> Value {
    let (status, answer) = answer.await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// Makes two people contacts.
pub async fn befriend(one: &Person, other: &Person) {
    assert_eq!(one.post("/api/v1/contacts", &json!({ "user_id": other.id })).await.0, 200);
    let at = format!("/api/v1/contacts/{}/accept", one.id);
    assert_eq!(other.post(&at, &json!({})).await.0, 200);
}

/// Has the first block the second.
pub async fn block(one: &Person, other: &Person) {
    assert_eq!(one.post("/api/v1/blocked", &json!({ "user_id": other.id })).await, (200, json!({})));
}

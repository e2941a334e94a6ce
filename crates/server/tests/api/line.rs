//! A WebSocket as a test holds it: asks, answers, events, and how it ends.
//! It speaks JSON; what it did not ask for is kept in order until somebody asks.

use std::collections::VecDeque;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// Longer than anything that is waited for.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Line {
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    waiting: VecDeque<Value>,
    last_id: u64,
    /// What is waited for, to be told when it does not come.
    wanted: String,
}

impl Line {
    /// Opens a WebSocket with these headers; the status if it is refused.
    pub async fn open(url: &str, headers: &[(&'static str, &str)]) -> Result<Line, u16> {
        Line::open_with(url, "", headers).await
    }

    /// The same, with something behind the address.
    pub async fn open_with(url: &str, query: &str, headers: &[(&'static str, &str)]) -> Result<Line, u16> {
        let mut request =
            format!("{}/api/v1/ws{query}", url.replacen("http", "ws", 1)).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match tokio_tungstenite::connect_async(request).await {
            Ok((socket, _)) => {
                Ok(Line { socket, waiting: VecDeque::new(), last_id: 0, wanted: String::new() })
            }
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Opens one as nobody.
    pub async fn stranger(url: &str) -> Line {
        Line::open(url, &[("sec-websocket-protocol", "parlance.v1.json")]).await.unwrap()
    }

    pub async fn write(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// Asks without waiting for the answer; its id.
    pub async fn start(&mut self, op: &str, input: Value) -> u64 {
        self.last_id += 1;
        self.write(&json!({ "id": self.last_id, "op": op, "in": input }).to_string()).await;
        self.last_id
    }

    /// Asks and answers the whole frame that came back.
    pub async fn ask(&mut self, op: &str, input: Value) -> Value {
        let id = self.start(op, input).await;
        self.answer(id).await
    }

    /// Asks and answers the output.
    pub async fn does(&mut self, op: &str, input: Value) -> Value {
        let frame = self.ask(op, input).await;
        assert!(frame["error"].is_null(), "{frame}");
        frame["out"].clone()
    }

    /// Asks and answers the code of the refusal.
    pub async fn refused(&mut self, op: &str, input: Value) -> String {
        let frame = self.ask(op, input).await;
        frame["error"]["code"].as_str().unwrap_or_else(|| panic!("not refused: {frame}")).to_owned()
    }

    /// The answer to a request.
    pub async fn answer(&mut self, id: u64) -> Value {
        self.wanted = format!("the answer to {id}");
        self.next_that(|frame| frame["id"] == id).await
    }

    /// The content of the next event of a kind.
    pub async fn event(&mut self, kind: &str) -> Value {
        kind.clone_into(&mut self.wanted);
        self.next_that(|frame| frame["event"] == kind).await["data"].clone()
    }

    /// The next frame, whatever it is.
    pub async fn next(&mut self) -> Value {
        self.next_that(|_| true).await
    }

    async fn next_that(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.waiting.iter().position(&fits) {
            return self.waiting.remove(at).unwrap();
        }
        loop {
            let frame = match self.read().await {
                Ok(frame) => frame,
                Err(close) => panic!("closed with {close} while waiting"),
            };
            if fits(&frame) {
                return frame;
            }
            self.waiting.push_back(frame);
        }
    }

    /// The next frame, or the code of the close.
    async fn read(&mut self) -> Result<Value, u16> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            let message = message
                .unwrap_or_else(|_| panic!("nothing came, not {}; only {:?}", self.wanted, self.waiting));
            match message {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(Some(close)))) => return Err(close.code.into()),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Reads until the close; its code and the frames before it.
    pub async fn close(mut self) -> (u16, Vec<Value>) {
        let mut frames: Vec<Value> = self.waiting.drain(..).collect();
        loop {
            match self.read().await {
                Ok(frame) => frames.push(frame),
                Err(close) => return (close, frames),
            }
        }
    }

    /// Whether no event of this kind comes within a moment.
    pub async fn is_quiet(&mut self, kind: &str) -> bool {
        let frames = self.within(Duration::from_millis(300)).await;
        frames.iter().all(|frame| frame["event"] != kind)
    }

    /// What comes within a time.
    pub async fn within(&mut self, time: Duration) -> Vec<Value> {
        let mut frames: Vec<Value> = self.waiting.drain(..).collect();
        let until = tokio::time::Instant::now() + time;
        while let Ok(Some(Ok(message))) = tokio::time::timeout_at(until, self.socket.next()).await {
            if let Message::Text(text) = message {
                frames.push(serde_json::from_str(&text).unwrap());
            }
        }
        frames
    }
}

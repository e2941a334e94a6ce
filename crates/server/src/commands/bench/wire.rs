//! The load client's connection: a raw WebSocket with small buffers and frames that are encoded beforehand or cheaply,
//! because client and server share the same cores. Arriving frames are told apart by their first bytes.

use std::net::SocketAddr;

use anyhow::{Context as _, bail};
use bytes::Bytes;
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use parlance_proto::frame::{SUBPROTOCOL_MSGPACK, decode_output};
use parlance_proto::{ClientFrame, ConversationId, Encoding, Input, Resume, SendMessage, ServerFrame};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};

/// Bytes of each buffer of a busy connection.
const BUFFER_BYTES: usize = 4 * 1_024;
/// Most frames taken in one go.
const TAKEN_MAX: usize = 64;

/// What a frame from the server is, as far as the load client cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An answer to the request of this number.
    Answer(u32),
    /// A refusal.
    Refusal,
    /// A new entry.
    Entry,
    /// Any other event.
    Other,
}

/// Tells frames apart without decoding them: `[kind, id, …]`, and an event begins with its name.
pub fn kind(frame: &[u8]) -> Kind {
    const ENTRY: &[u8] = b"\x93\x02\x00\x82\xa5event\xa5entry";
    match frame {
        [0x93, 0, rest @ ..] => Kind::Answer(number(rest)),
        [0x93, 1, ..] => Kind::Refusal,
        frame if frame.starts_with(ENTRY) => Kind::Entry,
        _ => Kind::Other,
    }
}

/// A MessagePack number of up to 32 bits.
fn number(bytes: &[u8]) -> u32 {
    match *bytes {
        [small @ 0..=0x7f, ..] => u32::from(small),
        [0xcc, one, ..] => u32::from(one),
        [0xcd, a, b, ..] => u32::from(u16::from_be_bytes([a, b])),
        [0xce, a, b, c, d, ..] => u32::from_be_bytes([a, b, c, d]),
        _ => 0,
    }
}

/// A connection.
pub struct Wire {
    socket: WebSocketStream<TcpStream>,
    /// The number of the last request.
    last_id: u32,
}

impl Wire {
    /// Connects to a path, with the binary subprotocol if `signed`.
    pub async fn connect(address: SocketAddr, path: &str, buffer_bytes: usize) -> anyhow::Result<Wire> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{address}{path}").into_client_request()?;
        let protocol = SUBPROTOCOL_MSGPACK.parse()?;
        request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, protocol);
        let config = WebSocketConfig::default()
            .read_buffer_size(buffer_bytes)
            .write_buffer_size(buffer_bytes)
            .max_write_buffer_size(1 << 20);
        let connecting = tokio_tungstenite::client_async_with_config(request, stream, Some(config));
        // Boxed: the handshake is much larger than what it leaves behind.
        let (socket, _) = Box::pin(connecting).await?;
        Ok(Wire { socket, last_id: 0 })
    }

    /// Connects to a server and signs in.
    pub async fn signed_in(address: SocketAddr, token: &str) -> anyhow::Result<Wire> {
        Wire::signed_in_with(address, token, BUFFER_BYTES).await
    }

    /// The same with buffers of another size.
    pub async fn signed_in_with(address: SocketAddr, token: &str, buffer: usize) -> anyhow::Result<Wire> {
        let mut wire = Wire::connect(address, "/api/v1/ws", buffer).await?;
        wire.ask(Resume { token: token.to_owned() }).await.context("signing in")?;
        Ok(wire)
    }

    /// Connects to the bare server.
    pub async fn bare(address: SocketAddr, path: &str) -> anyhow::Result<Wire> {
        Wire::connect(address, path, BUFFER_BYTES).await
    }

    /// One request and its answer; events in between are dropped.
    pub async fn ask<I: Input>(&mut self, input: I) -> anyhow::Result<I::Output> {
        self.last_id += 1;
        let frame = ClientFrame { id: self.last_id, request: input.into() }.encode(Encoding::Msgpack);
        self.socket.send(Message::binary(frame)).await?;
        loop {
            let Some(bytes) = frame_of(self.socket.next().await)? else { continue };
            match ServerFrame::decode(Encoding::Msgpack, &bytes)? {
                ServerFrame::Answer { output, .. } => return Ok(decode_output(Encoding::Msgpack, output)?),
                ServerFrame::Refusal { problem, .. } => bail!("{}: {}", problem.title, problem.detail),
                ServerFrame::Event(_) => {}
            }
        }
    }

    /// A request's frame, and its number.
    pub fn encode_send(
        &mut self,
        conversation_id: ConversationId,
        key: String,
        text: String,
    ) -> (u32, Bytes) {
        self.last_id += 1;
        let send = SendMessage::text(conversation_id, key, text);
        let frame = ClientFrame { id: self.last_id, request: send.into() };
        (self.last_id, frame.encode(Encoding::Msgpack).into())
    }

    /// Puts a frame into the buffer.
    pub async fn feed(&mut self, frame: Bytes) -> anyhow::Result<()> {
        Ok(self.socket.feed(Message::Binary(frame)).await?)
    }

    /// Writes what was fed.
    pub async fn flush(&mut self) -> anyhow::Result<()> {
        Ok(self.socket.flush().await?)
    }

    /// Waits for a frame and takes what else is already there. Cancel-safe until the first frame.
    pub async fn take(&mut self, frames: &mut Vec<Bytes>) -> anyhow::Result<()> {
        frames.extend(frame_of(self.socket.next().await)?);
        while frames.len() < TAKEN_MAX
            && let Some(next) = self.socket.next().now_or_never()
        {
            frames.extend(frame_of(next)?);
        }
        Ok(())
    }
}

type Next = Option<Result<Message, tokio_tungstenite::tungstenite::Error>>;

/// The content of a frame; nothing for those that only keep the connection up.
fn frame_of(next: Next) -> anyhow::Result<Option<Bytes>> {
    match next.context("the server ended the connection")?? {
        Message::Binary(bytes) => Ok(Some(bytes)),
        Message::Close(_) => bail!("the server closed the connection"),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use parlance_proto::frame::{encode_answer, encode_event, encode_refusal};
    use parlance_proto::{Body, Done, Entry, ErrorCode, Event, Problem, Response, SessionId, UserId};

    use super::*;

    #[test]
    fn frames_are_told_apart_by_their_first_bytes() {
        let encoding = Encoding::Msgpack;
        for id in [1, 200, 60_000, 1_000_000] {
            let answer = encode_answer(encoding, id, &Response::OpenConversation(Done {}));
            assert_eq!(kind(&answer), Kind::Answer(id));
        }
        let problem = Problem::new(ErrorCode::NotFound, "no");
        assert_eq!(kind(&encode_refusal(encoding, 1, &problem)), Kind::Refusal);
        let entry = Entry {
            index: 1,
            ordinal: 1,
            time_ms: 0,
            sender: UserId(1),
            session: SessionId(1),
            client_message_id: None,
            body: Body::Text { text: "hello".to_owned() },
            details: None,
        };
        let conversation_id = ConversationId::direct(UserId(1), UserId(2));
        assert_eq!(kind(&encode_event(encoding, &Event::Entry { conversation_id, entry })), Kind::Entry);
        assert_eq!(kind(&encode_event(encoding, &Event::Cursor { user_index: 1 })), Kind::Other);
    }
}

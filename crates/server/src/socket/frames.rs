//! Frames on one socket: what is read, what is written and flushed, how it ends.
//!
//! Buffers stay small: long answers go out in pieces, and a piece is written before the next is buffered. Writing
//! waits for a slow reader but never for ever.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use parlance_proto::{Encoding, Problem, frame, limits};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{CloseCode, Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{CloseFrame, Frame};
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as SocketError, Message, Utf8Bytes};

use super::metered::Metered;

/// Bytes read from a socket at once; longer messages grow the buffer while they last.
const READ_BYTES: usize = 4 * 1_024;
/// What is read for one message before somebody has signed in: the longest one and its frame's head. As much again may
/// have come in with the message before.
const GUEST_BYTES: usize = limits::FRAME_BEFORE_SIGN_IN_MAX_BYTES + 14;
/// Bytes gathered before they are written without being asked to.
const GATHER_BYTES: usize = 4 * 1_024;
/// Longest piece of a message on its way out.
const PIECE_BYTES: usize = 8 * 1_024;
/// What may wait to be written: what is gathered, a piece, and a close.
const WAITING_MAX_BYTES: usize = 4 * PIECE_BYTES;
/// A reader that takes nothing for this long is dead.
const WRITE: Duration = Duration::from_millis(limits::DEAD_AFTER_MS);
/// How long the other end may take to close, and to stop sending what is too much.
const CLOSING: Duration = Duration::from_secs(1);

/// The close codes of this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// The server is going away: come back.
    Away,
    /// A frame that breaks the rules of WebSockets.
    Broken,
    /// A message over the limit.
    TooLarge,
    /// The server cannot say who this is now.
    TryLater,
    /// Nobody signed in in time, or the session has ended.
    NotSignedIn,
}

impl Close {
    fn frame(self) -> CloseFrame {
        let (code, reason) = match self {
            Close::Away => (CloseCode::Away, "the server is going away; come back"),
            Close::Broken => (CloseCode::Protocol, "that was no WebSocket frame"),
            Close::TooLarge => (CloseCode::Size, "the message is too large"),
            Close::TryLater => (CloseCode::Again, "try again later"),
            Close::NotSignedIn => (CloseCode::Library(4401), "sign in"),
        };
        CloseFrame { code, reason: Utf8Bytes::from_static(reason) }
    }
}

/// What came in.
pub enum Heard {
    /// A message of the encoding agreed on.
    Message(Bytes),
    /// A message of the other kind.
    OtherKind,
    /// A sign of life.
    Life,
    /// The connection ends with this code, or was closed by the other end.
    End(Option<Close>),
}

/// The socket cannot be written any more.
#[derive(Clone, Copy, Debug)]
pub struct Gone;

/// A WebSocket and what was written but not flushed.
pub struct Frames {
    stream: WebSocketStream<Metered<TokioIo<Upgraded>>>,
    encoding: Encoding,
    /// Messages written since the last flush.
    unflushed: usize,
    /// Somebody has signed in.
    trusted: bool,
}

impl Frames {
    /// Takes a socket whose handshake is done.
    pub async fn new(socket: TokioIo<Upgraded>, encoding: Encoding) -> Frames {
        let config = WebSocketConfig::default()
            .read_buffer_size(READ_BYTES)
            .write_buffer_size(GATHER_BYTES)
            .max_write_buffer_size(WAITING_MAX_BYTES)
            .max_message_size(Some(limits::FRAME_MAX_BYTES))
            .max_frame_size(Some(limits::FRAME_MAX_BYTES));
        let socket = Metered::new(socket, GUEST_BYTES);
        let stream = WebSocketStream::from_raw_socket(socket, Role::Server, Some(config)).await;
        Frames { stream, encoding, unflushed: 0, trusted: false }
    }

    /// Somebody has signed in: messages may be as long as anybody's from now on.
    pub fn trust(&mut self) {
        self.trusted = true;
        self.stream.get_mut().allow(None);
    }

    /// The encoding agreed on.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Messages written since the last flush.
    pub fn unflushed(&self) -> usize {
        self.unflushed
    }

    /// The next thing that comes in. Safe to cancel.
    pub async fn next(&mut self) -> Heard {
        let Some(message) = self.stream.next().await else { return Heard::End(None) };
        if !self.trusted {
            if message.is_err() && self.stream.get_ref().is_spent() {
                return Heard::End(Some(Close::TooLarge));
            }
            self.stream.get_mut().allow(Some(GUEST_BYTES));
        }
        match (message, self.encoding) {
            (Ok(Message::Text(text)), Encoding::Json) => Heard::Message(text.into()),
            (Ok(Message::Binary(bytes)), Encoding::Msgpack) => Heard::Message(bytes),
            (Ok(Message::Text(_) | Message::Binary(_)), _) => Heard::OtherKind,
            (Ok(Message::Ping(_)), _) => {
                // The answer is written with the next flush.
                self.unflushed += 1;
                Heard::Life
            }
            (Ok(Message::Pong(_) | Message::Frame(_)), _) => Heard::Life,
            (Ok(Message::Close(_)), _) => {
                _ = self.flush().await;
                Heard::End(None)
            }
            (Err(SocketError::Capacity(_)), _) => Heard::End(Some(Close::TooLarge)),
            (Err(SocketError::Protocol(_) | SocketError::Utf8(_)), _) => Heard::End(Some(Close::Broken)),
            (Err(_), _) => Heard::End(None),
        }
    }

    /// Writes a message; it goes out with the next flush at the latest.
    pub async fn write(&mut self, message: Bytes) -> Result<(), Gone> {
        let kind = match self.encoding {
            Encoding::Json => Data::Text,
            Encoding::Msgpack => Data::Binary,
        };
        self.unflushed += 1;
        if message.len() <= PIECE_BYTES {
            return self.write_piece(message, kind, true).await;
        }
        let (mut rest, mut kind) = (message, kind);
        while !rest.is_empty() {
            let piece = rest.split_to(PIECE_BYTES.min(rest.len()));
            self.write_piece(piece, kind, rest.is_empty()).await?;
            kind = Data::Continue;
        }
        Ok(())
    }

    async fn write_piece(&mut self, piece: Bytes, kind: Data, last: bool) -> Result<(), Gone> {
        let frame = Frame::message(piece, OpCode::Data(kind), last);
        written(self.stream.feed(Message::Frame(frame))).await
    }

    /// Writes the refusal of a request.
    pub async fn refuse(&mut self, id: u32, problem: &Problem) -> Result<(), Gone> {
        self.write(frame::encode_refusal(self.encoding, id, problem).into()).await
    }

    /// Asks the other end for a sign of life.
    pub async fn ping(&mut self) -> Result<(), Gone> {
        written(self.stream.send(Message::Ping(Bytes::new()))).await
    }

    /// Sends what was written.
    pub async fn flush(&mut self) -> Result<(), Gone> {
        self.unflushed = 0;
        written(self.stream.flush()).await
    }

    /// Says why it ends and ends it, so that the other end hears the reason before the socket is gone.
    pub async fn close(mut self, close: Close) {
        self.stream.get_mut().allow(None);
        let ending = async {
            if self.stream.send(Message::Close(Some(close.frame()))).await.is_err() {
                return;
            }
            if close == Close::TooLarge {
                // Closing with unread bytes would reset the socket and take the reason with it.
                let socket = self.stream.get_mut();
                _ = socket.shutdown().await;
                let mut unread = [0; 1_024];
                while socket.read(&mut unread).await.is_ok_and(|read| read > 0) {}
            } else {
                while let Some(Ok(_)) = self.stream.next().await {}
            }
        };
        _ = tokio::time::timeout(CLOSING, Box::pin(ending)).await;
    }
}

/// Waits for a write, but not for ever; makes no timer when there is nothing to wait for.
async fn written(write: impl Future<Output = Result<(), SocketError>>) -> Result<(), Gone> {
    let mut write = std::pin::pin!(write);
    let result = match futures_util::poll!(write.as_mut()) {
        std::task::Poll::Ready(result) => Ok(result),
        std::task::Poll::Pending => tokio::time::timeout(WRITE, write).await,
    };
    match result {
        Ok(Ok(())) => Ok(()),
        _ => Err(Gone),
    }
}

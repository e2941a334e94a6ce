//! A bare server with the same libraries and the same buffers as the real one, and nothing behind it: an echo, a broadcast
//! from one sender to all receivers, a file copied to the disk and from it.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use bytes::BytesMut;
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _, stream};
use http::StatusCode;
use http::header::CONTENT_LENGTH;
use parlance_proto::frame::SUBPROTOCOL_MSGPACK;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::mpsc;

/// Answers every frame with itself.
pub const ECHO: &str = "/echo";
/// A file, copied to the disk and from it.
pub const FILE: &str = "/file";
/// The file, in the folder that this process was started in.
const COPIED: &str = "copied";
/// Whose frames go to all receivers.
pub const SEND: &str = "/send";
/// A receiver.
pub const RECEIVE: &str = "/receive";
/// Bytes of each buffer of a connection.
const BUFFER_BYTES: usize = 4 * 1_024;
/// Bytes of a file read at once.
const PIECE_BYTES: usize = 256 * 1_024;
/// Frames that wait for a receiver; more than any window.
const WAITING_MAX: usize = 256;
/// Frames written before they are flushed.
const FLUSH_AFTER: usize = 64;

/// The receivers' channels.
type Receivers = Arc<Mutex<Vec<mpsc::Sender<Message>>>>;

/// Serves until it is killed.
pub async fn serve_bare(address: SocketAddr) -> anyhow::Result<()> {
    let receivers = Receivers::default();
    let router = Router::new()
        .route("/readyz", get(|| async {}))
        .route(ECHO, get(|upgrade: WebSocketUpgrade| async { tuned(upgrade).on_upgrade(echo) }))
        .route(SEND, get(send))
        .route(FILE, get(read_file).post(write_file))
        .layer(DefaultBodyLimit::disable())
        .route(RECEIVE, get(receive))
        .with_state(receivers);
    let listener = tokio::net::TcpListener::bind(address).await?;
    let listener = listener.tap_io(|stream| {
        // It only costs time if it is refused.
        let _ = stream.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}

fn tuned(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .protocols([SUBPROTOCOL_MSGPACK])
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(256 * 1_024)
}

async fn send(upgrade: WebSocketUpgrade, State(receivers): State<Receivers>) -> Response {
    tuned(upgrade).on_upgrade(|socket| spread(socket, receivers))
}

async fn receive(upgrade: WebSocketUpgrade, State(receivers): State<Receivers>) -> Response {
    let (give, frames) = mpsc::channel(WAITING_MAX);
    receivers.lock().unwrap_or_else(PoisonError::into_inner).push(give);
    tuned(upgrade).on_upgrade(|socket| pass_on(socket, frames))
}

/// Writes a body to the disk as it comes, and syncs it at the end.
async fn write_file(body: Body) -> Result<(), StatusCode> {
    let fault = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let mut file = tokio::fs::File::create(COPIED).await.map_err(fault)?;
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| StatusCode::BAD_REQUEST)?;
        file.write_all(&piece).await.map_err(fault)?;
    }
    file.sync_all().await.map_err(fault)
}

/// Answers with the file.
async fn read_file() -> Result<Response, StatusCode> {
    let fault = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let file = tokio::fs::File::open(COPIED).await.map_err(fault)?;
    let length = file.metadata().await.map_err(fault)?.len();
    let pieces = stream::try_unfold(file, |mut file| async move {
        let mut piece = BytesMut::with_capacity(PIECE_BYTES);
        let count = file.read_buf(&mut piece).await?;
        std::io::Result::Ok((count > 0).then(|| (piece.freeze(), file)))
    });
    let mut response = Response::new(Body::from_stream(pieces));
    response.headers_mut().insert(CONTENT_LENGTH, length.into());
    Ok(response)
}

/// Reads what is there, writes it back, flushes once. Ends when the other side does.
async fn echo(mut socket: WebSocket) {
    while let Some(Ok(message)) = socket.next().await {
        let mut next = Some(message);
        let mut count = 0;
        while let Some(message) = next {
            if matches!(message, Message::Binary(_)) && socket.feed(message).await.is_err() {
                return;
            }
            count += 1;
            let more = (count < FLUSH_AFTER).then(|| socket.next().now_or_never()).flatten();
            next = more.and_then(|more| more.and_then(Result::ok));
        }
        if socket.flush().await.is_err() {
            return;
        }
    }
}

async fn spread(mut socket: WebSocket, receivers: Receivers) {
    while let Some(Ok(message)) = socket.next().await {
        if matches!(message, Message::Binary(_)) {
            for receiver in &*receivers.lock().unwrap_or_else(PoisonError::into_inner) {
                // A full or closed channel is a receiver that is gone; the measurement would say so.
                let _ = receiver.try_send(message.clone());
            }
        }
    }
}

async fn pass_on(mut socket: WebSocket, mut frames: mpsc::Receiver<Message>) {
    let mut batch = Vec::new();
    while frames.recv_many(&mut batch, FLUSH_AFTER).await > 0 {
        for message in batch.drain(..) {
            if socket.feed(message).await.is_err() {
                return;
            }
        }
        if socket.flush().await.is_err() {
            return;
        }
    }
}

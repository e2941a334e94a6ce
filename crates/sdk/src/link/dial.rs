//! Bringing one WebSocket up: address, subprotocol, limits.
//!
//! Nothing is said on it here: signing in is the session's first act.

use futures_util::StreamExt;
use futures_util::stream::{SplitSink, SplitStream};
use parlance_proto::Encoding;
use parlance_proto::frame::{SUBPROTOCOL_JSON, SUBPROTOCOL_MSGPACK};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::http::header::SEC_WEBSOCKET_PROTOCOL;
use tokio_tungstenite::tungstenite::protocol::{Message, WebSocketConfig};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use crate::address::Address;
use crate::http::install_tls_provider;

/// Bytes read from the socket at once. The library's default of 128 KiB is allocated for every connection.
const READ_BUFFER_BYTES: usize = 8 * 1_024;
/// Largest answer taken: a page of 200 of the longest messages fits.
const ANSWER_MAX_BYTES: usize = 16 * 1_024 * 1_024;
/// Bytes that may wait to be written; one frame may always.
const WRITE_BUFFER_MAX_BYTES: usize = 1_024 * 1_024;

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
/// The writing half.
pub(super) type Sink = SplitSink<Socket, Message>;
/// The reading half.
pub(super) type Stream = SplitStream<Socket>;

/// Connects, to the place in the queue that the server kept if it did, and agrees on the encoding.
pub(super) async fn dial(
    address: &Address,
    place: Option<&str>,
    encoding: Encoding,
) -> Result<(Sink, Stream), String> {
    install_tls_provider();
    let url = address.socket(place);
    let mut request = url.into_client_request().map_err(|error| error.to_string())?;
    let protocol = match encoding {
        Encoding::Json => SUBPROTOCOL_JSON,
        Encoding::Msgpack => SUBPROTOCOL_MSGPACK,
    };
    request.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(READ_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_MAX_BYTES)
        .max_message_size(Some(ANSWER_MAX_BYTES))
        .max_frame_size(Some(ANSWER_MAX_BYTES));
    let connected = connect_async_with_config(request, Some(config), true).await;
    let (socket, _) = connected.map_err(|error| error.to_string())?;
    Ok(socket.split())
}

/// A frame as the WebSocket carries it.
pub(super) fn message(encoding: Encoding, frame: Vec<u8>) -> Message {
    match encoding {
        // The encoder writes UTF-8; the lossy form only spares a panic.
        Encoding::Json => Message::text(String::from_utf8_lossy(&frame).into_owned()),
        Encoding::Msgpack => Message::binary(frame),
    }
}

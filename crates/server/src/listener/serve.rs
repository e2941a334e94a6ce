//! HTTP on one socket, with the limits that keep a slow or greedy peer cheap.
//! Version 2 is spoken only after TLS agreed on it, so no byte is read before a timeout runs.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::rt::Executor;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tower::Service as _;

use super::forwarded::client;
use super::{Door, Peer};
use crate::config::Networks;
use crate::tasks::Tasks;

/// The head of a request must arrive within this time; idle sockets end after it too.
const HEAD: Duration = Duration::from_secs(10);
/// Most bytes in the head of a request.
const HEAD_MAX_BYTES: usize = 16 * 1_024;
/// Most fields in the head of a request.
const HEAD_MAX_FIELDS: usize = 64;
/// Most requests under way on one HTTP/2 socket.
const STREAMS: u32 = 128;
/// How often an HTTP/2 socket is asked for a sign of life, and how long for the answer.
const KEEP_ALIVE: (Duration, Duration) = (Duration::from_secs(25), Duration::from_secs(20));

/// Serves a socket in HTTP/1.1; it may become a WebSocket.
pub(super) async fn http1<S>(socket: S, peer: Peer, door: &Arc<Door>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = door.router.clone();
    let proxies = door.proxies.clone();
    let service = service_fn(move |request| answer(router.clone(), request, peer.clone(), &proxies));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(HEAD_MAX_BYTES)
        .max_header_size(HEAD_MAX_BYTES)
        .max_headers(HEAD_MAX_FIELDS)
        .serve_connection(TokioIo::new(socket), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = door.tasks.stopped() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a socket ended");
    }
}

/// Serves a socket in HTTP/2.
pub(super) async fn http2<S>(socket: S, peer: Peer, door: &Arc<Door>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let router = door.router.clone();
    let proxies = door.proxies.clone();
    let service = service_fn(move |request| answer(router.clone(), request, peer.clone(), &proxies));
    let connection = http2::Builder::new(Spawn(door.tasks.clone()))
        .timer(TokioTimer::new())
        .max_header_list_size(HEAD_MAX_BYTES as u32)
        .max_concurrent_streams(STREAMS)
        .keep_alive_interval(KEEP_ALIVE.0)
        .keep_alive_timeout(KEEP_ALIVE.1)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = door.tasks.stopped() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a socket ended");
    }
}

fn answer(
    mut router: Router,
    mut request: http::Request<Incoming>,
    peer: Peer,
    proxies: &Networks,
) -> impl Future<Output = Result<http::Response<Body>, std::convert::Infallible>> + Send + use<> {
    let client = client(peer.address(), request.headers(), proxies);
    request.extensions_mut().insert(peer.of(client));
    async move { router.call(request).await }
}

/// Runs the streams of an HTTP/2 socket as tracked tasks.
#[derive(Clone)]
struct Spawn(Tasks);

impl<F> Executor<F> for Spawn
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, stream: F) {
        self.0.spawn(stream);
    }
}

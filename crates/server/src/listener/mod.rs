//! Accepts sockets and serves HTTP on them: TLS, timeouts, caps and a graceful end are here.
//!
//! Nothing of a request is judged here. A socket over a cap is closed at once; running out of file descriptors
//! slows accepting down instead of ending it.

mod forwarded;
mod guests;
mod peer;
mod serve;
mod tls;

pub use guests::{Guest, Guests, prefix};
pub use peer::Peer;
pub use tls::Certificates;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

use crate::config::Networks;
use crate::tasks::Tasks;

/// First and longest pause after a failed accept.
const BACK_OFF: (Duration, Duration) = (Duration::from_millis(5), Duration::from_secs(1));
/// A TLS handshake must be done within this time.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// What every accepted socket is served with.
pub struct Door {
    /// The routes.
    pub router: Router,
    /// TLS, if this server ends it.
    pub tls: Option<TlsAcceptor>,
    /// Proxies that are believed.
    pub proxies: Networks,
    /// Counts sockets on which nobody has signed in.
    pub guests: Guests,
    /// Room for sockets in all.
    pub room: Arc<Semaphore>,
    /// Where the tasks of sockets run.
    pub tasks: Tasks,
}

/// Accepts sockets until the server stops.
pub async fn accept(listener: TcpListener, door: Arc<Door>) {
    let mut stopped = std::pin::pin!(door.tasks.stopped());
    let mut pause = BACK_OFF.0;
    loop {
        let accepted = tokio::select! {
            () = &mut stopped => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, address)) => {
                pause = BACK_OFF.0;
                admit(socket, address, &door);
            }
            Err(error) if is_of_one_socket(&error) => {}
            Err(error) => {
                tracing::warn!(%error, pause_ms = pause.as_millis(), "cannot accept; pausing");
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(BACK_OFF.1);
            }
        }
    }
}

/// Whether the error is about the socket that was to be accepted, not about accepting.
fn is_of_one_socket(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

fn admit(socket: TcpStream, address: SocketAddr, door: &Arc<Door>) {
    let Ok(room) = Arc::clone(&door.room).try_acquire_owned() else {
        metrics::counter!("parlance_sockets_refused_total", "reason" => "full").increment(1);
        return;
    };
    // Everybody's sockets are a trusted proxy's: it limits them by address itself.
    let guest = if door.proxies.hold(address.ip()) {
        Some(door.guests.uncounted())
    } else {
        door.guests.admit(address.ip())
    };
    let Some(guest) = guest else {
        metrics::counter!("parlance_sockets_refused_total", "reason" => "guests").increment(1);
        return;
    };
    if let Err(error) = socket.set_nodelay(true) {
        tracing::debug!(%error, "a socket ended before it began");
        return;
    }
    let peer = Peer::new(address.ip(), guest, room);
    let served = Arc::clone(door);
    door.tasks.spawn(Box::pin(async move {
        let Some(tls) = &served.tls else { return serve::http1(socket, peer, &served).await };
        match tokio::time::timeout(HANDSHAKE, tls.accept(socket)).await {
            Ok(Ok(stream)) if stream.get_ref().1.alpn_protocol() == Some(tls::H2) => {
                serve::http2(stream, peer, &served).await;
            }
            Ok(Ok(stream)) => serve::http1(stream, peer, &served).await,
            Ok(Err(error)) => tracing::debug!(%error, "TLS handshake failed"),
            Err(_) => tracing::debug!("TLS handshake took too long"),
        }
    }));
}

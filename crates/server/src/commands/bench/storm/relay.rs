//! A relay between clients and a server that can cut all connections at once, as a broken line or a restarted router does.
//! It carries bytes and knows nothing of them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::copy_bidirectional_with_sizes;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Bytes carried at once each way.
const PIECE_BYTES: usize = 2 * 1_024;
/// Connections that may wait to be taken: all clients come at once.
const BACKLOG: u32 = 16 * 1_024;

/// A relay; its connections end with it.
pub struct Relay {
    address: SocketAddr,
    /// Where it leads to now.
    server: Arc<Mutex<SocketAddr>>,
    /// Counts the cuts.
    cuts: watch::Sender<u64>,
    /// Dropping it ends all.
    _task: JoinSet<()>,
}

impl Relay {
    /// A relay to a server.
    pub fn open(server: SocketAddr) -> anyhow::Result<Relay> {
        let socket = TcpSocket::new_v4()?;
        socket.bind("127.0.0.1:0".parse()?)?;
        let listener = socket.listen(BACKLOG)?;
        let address = listener.local_addr()?;
        let server = Arc::new(Mutex::new(server));
        let cuts = watch::Sender::new(0);
        let mut task = JoinSet::new();
        task.spawn(accept(listener, Arc::clone(&server), cuts.clone()));
        Ok(Relay { address, server, cuts, _task: task })
    }

    /// Where clients connect.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Leads to another server from now on.
    pub fn lead_to(&self, server: SocketAddr) {
        *self.server.lock().unwrap_or_else(PoisonError::into_inner) = server;
    }

    /// Cuts every connection.
    pub fn cut(&self) {
        self.cuts.send_modify(|cuts| *cuts += 1);
    }
}

async fn accept(listener: TcpListener, server: Arc<Mutex<SocketAddr>>, cuts: watch::Sender<u64>) {
    let mut carried = JoinSet::new();
    loop {
        while carried.try_join_next().is_some() {}
        // Without a free file there is a pause; the client tries again as well.
        let Ok((client, _)) = listener.accept().await else {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        let server = *server.lock().unwrap_or_else(PoisonError::into_inner);
        let cut = cuts.subscribe();
        carried.spawn(carry(client, server, cut));
    }
}

async fn carry(mut client: TcpStream, server: SocketAddr, mut cut: watch::Receiver<u64>) {
    let carrying = async {
        let mut server = TcpStream::connect(server).await?;
        client.set_nodelay(true)?;
        server.set_nodelay(true)?;
        copy_bidirectional_with_sizes(&mut client, &mut server, PIECE_BYTES, PIECE_BYTES).await
    };
    tokio::select! {
        _ = carrying => {}
        _ = cut.changed() => {}
    }
}

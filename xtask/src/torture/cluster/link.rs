//! A link between a node and what it stands on: a proxy on this machine that can be cut, go silent, or become slow.
//!
//! Cut means that both ends are told at once. Silent means that nobody is told anything: what is sent waits, as behind a
//! cable that was pulled out, and arrives when the link is open again.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Bytes carried at once.
const PIECE_BYTES: usize = 16 * 1_024;

/// How a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Open,
    Cut,
    Silent,
    /// Every piece takes so long.
    Slow(Duration),
}

/// A link to one address. It ends when this is dropped.
pub struct Link {
    /// Where a node connects to.
    pub address: SocketAddr,
    flow: watch::Sender<Flow>,
    _task: JoinSet<()>,
}

impl Link {
    /// An open link.
    pub async fn to(target: SocketAddr) -> anyhow::Result<Link> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let flow = watch::Sender::new(Flow::Open);
        let mut task = JoinSet::new();
        task.spawn(accept(listener, target, flow.subscribe()));
        Ok(Link { address, flow, _task: task })
    }

    /// Makes it so, for connections that stand as well.
    pub fn set(&self, flow: Flow) {
        self.flow.send_replace(flow);
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, flow: watch::Receiver<Flow>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((near, _)) = accepted {
                    connections.spawn(carry(near, target, flow.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries one connection until it ends or the link is cut.
async fn carry(mut near: TcpStream, target: SocketAddr, flow: watch::Receiver<Flow>) {
    let mut cut = flow.clone();
    let mut opened = flow.clone();
    let both = async {
        // Who connects to a silent link hears nothing, and does not get through either.
        if opened.wait_for(|flow| *flow != Flow::Silent).await.is_err() || *opened.borrow() == Flow::Cut {
            return;
        }
        let Ok(mut far) = TcpStream::connect(target).await else { return };
        // A delay that the system adds would be measured as the program's.
        let _ = (near.set_nodelay(true), far.set_nodelay(true));
        {
            let (near_reads, near_writes) = near.split();
            let (far_reads, far_writes) = far.split();
            tokio::select! {
                () = pump(near_reads, far_writes, flow.clone()) => {}
                () = pump(far_reads, near_writes, flow.clone()) => {}
                _ = cut.wait_for(|flow| *flow == Flow::Cut) => {}
            }
        }
        reset(&far);
    };
    both.await;
    reset(&near);
}

/// Has the other end told at once when this is dropped.
pub fn reset(stream: &TcpStream) {
    // It may be gone already.
    let _ = stream.set_zero_linger();
}

async fn pump(mut from: ReadHalf<'_>, mut to: WriteHalf<'_>, mut flow: watch::Receiver<Flow>) {
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        let Ok(length @ 1..) = from.read(&mut piece).await else { return };
        let Ok(now) = flow.wait_for(|flow| *flow != Flow::Silent).await.map(|flow| *flow) else { return };
        match now {
            Flow::Cut => return,
            Flow::Slow(pause) => tokio::time::sleep(pause).await,
            Flow::Open | Flow::Silent => {}
        }
        if to.write_all(&piece[..length]).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let (mut reads, mut writes) = stream.split();
                    let _ = tokio::io::copy(&mut reads, &mut writes).await;
                });
            }
        });
        address
    }

    #[tokio::test]
    async fn silent_holds_back_and_cut_tells_at_once() {
        let link = Link::to(echo().await).await.unwrap();
        let mut stream = TcpStream::connect(link.address).await.unwrap();
        let mut byte = [0];
        stream.write_all(b"a").await.unwrap();
        stream.read_exact(&mut byte).await.unwrap();
        link.set(Flow::Silent);
        stream.write_all(b"b").await.unwrap();
        let waited = tokio::time::timeout(Duration::from_millis(100), stream.read_exact(&mut byte)).await;
        assert!(waited.is_err(), "nothing comes");
        link.set(Flow::Open);
        stream.read_exact(&mut byte).await.unwrap();
        assert_eq!(byte, *b"b", "nothing was lost");
        link.set(Flow::Cut);
        assert!(stream.read_exact(&mut byte).await.is_err());
        let mut refused = TcpStream::connect(link.address).await.unwrap();
        assert!(refused.read_exact(&mut byte).await.is_err());
    }
}

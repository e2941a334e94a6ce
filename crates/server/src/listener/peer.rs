//! Who is at the other end of a socket: the address that the kernel accepted, or the one a trusted proxy tells.
//! Nobody else's forwarding headers are read.

use std::net::IpAddr;
use std::sync::Arc;

use tokio::sync::OwnedSemaphorePermit;

use super::Guest;

/// The other end of an accepted socket. Clones share the socket's places in the caps.
#[derive(Clone)]
pub struct Peer {
    address: IpAddr,
    places: Arc<Places>,
}

/// The places a socket takes; given back when the last clone is dropped.
struct Places {
    guest: Guest,
    _room: OwnedSemaphorePermit,
}

impl Peer {
    pub(super) fn new(address: IpAddr, guest: Guest, room: OwnedSemaphorePermit) -> Peer {
        Peer { address: address.to_canonical(), places: Arc::new(Places { guest, _room: room }) }
    }

    /// The same socket, spoken for by somebody with this address.
    pub(super) fn of(&self, address: IpAddr) -> Peer {
        Peer { address, places: Arc::clone(&self.places) }
    }

    /// Its address.
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// Somebody has signed in on this socket: it no longer counts as a guest's.
    pub fn signed_in(&self) {
        self.places.guest.signed_in();
    }
}

//! Counts the sockets of each address on which nobody has signed in yet, and refuses more than the limit.
//! An IPv6 address counts with its /64, since one machine has all of it.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::config::Limits;

/// The count of every address that has guests.
#[derive(Clone)]
pub struct Guests {
    counts: Arc<Mutex<HashMap<IpAddr, u32>>>,
    limits: Arc<Limits>,
}

/// The part of an address that limits go by.
pub fn prefix(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => {
            let [a, b, c, d, ..] = six.segments();
            if six.is_loopback() {
                IpAddr::V6(six)
            } else {
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }
        four @ IpAddr::V4(_) => four,
    }
}

impl Guests {
    /// Counts by these limits.
    pub fn new(limits: Arc<Limits>) -> Guests {
        Guests { counts: Arc::default(), limits }
    }

    /// A place for a socket of this address, if there is one.
    pub fn admit(&self, address: IpAddr) -> Option<Guest> {
        let address = prefix(address);
        let limit = self.limits.of_address(self.limits.guests_per_address, address);
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= limit {
            return None;
        }
        *count += 1;
        drop(counts);
        Some(Guest { guests: self.clone(), address, left: AtomicBool::new(false) })
    }

    /// A place that is not counted.
    pub fn uncounted(&self) -> Guest {
        let address = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        Guest { guests: self.clone(), address, left: AtomicBool::new(true) }
    }

    fn leave(&self, address: IpAddr) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&address);
            }
        }
    }
}

/// A guest's place; given back on signing in or when dropped.
pub struct Guest {
    guests: Guests,
    address: IpAddr,
    /// The place was given back already.
    left: AtomicBool,
}

impl Guest {
    /// Gives the place back.
    pub fn signed_in(&self) {
        if !self.left.load(Ordering::Relaxed) && !self.left.swap(true, Ordering::Relaxed) {
            self.guests.leave(self.address);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.signed_in();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guests(limit: u32) -> Guests {
        Guests::new(Arc::new(Limits { guests_per_address: limit, loopback_factor: 2, ..Limits::default() }))
    }

    #[test]
    fn a_place_is_free_again_after_signing_in_or_leaving() {
        let guests = guests(1);
        let address = "192.0.2.1".parse().unwrap();
        let first = guests.admit(address).unwrap();
        assert!(guests.admit(address).is_none());
        first.signed_in();
        let second = guests.admit(address).unwrap();
        drop(first);
        assert!(guests.admit(address).is_none());
        drop(second);
        assert!(guests.admit(address).is_some());
        assert!(guests.counts.lock().unwrap().is_empty());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_and_this_machine_has_more() {
        let guests = guests(1);
        let _held = guests.admit("2001:db8::1".parse().unwrap()).unwrap();
        assert!(guests.admit("2001:db8::2".parse().unwrap()).is_none());
        assert!(guests.admit("2001:db8:0:1::1".parse().unwrap()).is_some());
        let here = "::ffff:127.0.0.1".parse().unwrap();
        let _places = [guests.admit(here).unwrap(), guests.admit(here).unwrap()];
        assert!(guests.admit(here).is_none());
    }
}

//! What the engine needs of the world outside and is given: the time of day and chance. Tests give their own.
//!
//! The engine asks nobody else for either, so that a simulation repeats itself from a seed.

/// The time of day. Only for people and expiry: no order rests on it.
pub trait Clock: Send + Sync + 'static {
    /// Milliseconds since 1970.
    fn now_ms(&self) -> i64;
}

/// A source of random numbers.
pub trait Chance: Send + Sync + 'static {
    /// Any number, each as likely.
    fn next_u64(&self) -> u64;
}

/// A fresh 64-bit id: 42 bits of milliseconds, so that ids made later sort later, and 22 bits of chance. Two nodes may
/// make the same one; whoever creates under it does so under a guard and tries again.
pub(crate) fn fresh_id(clock: &dyn Clock, chance: &dyn Chance) -> u64 {
    const CHANCE_BITS: u32 = 22;
    ((clock.now_ms() as u64) << CHANCE_BITS) | (chance.next_u64() >> (u64::BITS - CHANCE_BITS))
}

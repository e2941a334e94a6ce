//! A bounded memory: what was used lately stays and what was not goes, without a list of who came when.
//!
//! Two halves: what is used moves to the young one, and when that is full the old one is forgotten. What must not be
//! forgotten yet says so.

use std::hash::Hash;

use rustc_hash::FxHashMap;

/// What is remembered by key.
pub(super) struct Kept<K, V> {
    young: FxHashMap<K, V>,
    old: FxHashMap<K, V>,
    /// What each half holds.
    half: usize,
    /// Whether something must stay whatever else comes.
    stays: fn(&V) -> bool,
}

impl<K: Hash + Eq + Copy, V: Copy> Kept<K, V> {
    /// Room for `half` that were used lately, and for as many again.
    pub(super) fn new(half: usize, stays: fn(&V) -> bool) -> Kept<K, V> {
        Kept { young: FxHashMap::default(), old: FxHashMap::default(), half, stays }
    }

    pub(super) fn get(&mut self, key: &K) -> Option<V> {
        if let Some(value) = self.young.get(key) {
            return Some(*value);
        }
        let value = self.old.remove(key)?;
        self.put(*key, value);
        Some(value)
    }

    pub(super) fn put(&mut self, key: K, value: V) {
        if self.young.len() >= self.half && !self.young.contains_key(&key) {
            let forgotten = std::mem::replace(&mut self.old, std::mem::take(&mut self.young));
            let staying = forgotten.into_iter().filter(|(_, value)| (self.stays)(value));
            self.young.extend(staying);
        }
        self.old.remove(&key);
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_what_must_stay_stays_unused() {
        let mut kept = Kept::new(4, |value: &u64| *value == 7);
        kept.put(1, 7);
        kept.put(2, 2);
        for key in 10..100 {
            kept.put(key, key);
            assert_eq!(kept.get(&2), Some(2));
        }
        assert_eq!((kept.get(&1), kept.get(&10), kept.get(&99)), (Some(7), None, Some(99)));
        assert!(kept.young.len() + kept.old.len() <= 9);
    }
}

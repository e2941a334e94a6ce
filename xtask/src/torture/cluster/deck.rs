//! Which faults come, and in which order: a deck with a fixed share of every kind, shuffled by the seed.
//!
//! Fail-overs of the database are spread evenly, since each needs a new standby before the next.

use rand::RngExt;
use rand::rngs::SmallRng;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A node is killed and started again.
    Kill,
    /// A node stands still for a while (SIGSTOP).
    Freeze,
    /// A node's connections to the database break, and new ones too.
    CutStore,
    /// Nothing gets through between a node and the database, and nobody is told.
    SilenceStore,
    /// Everything between a node and the database takes longer.
    SlowStore,
    /// A node's connection to NATS breaks.
    CutBus,
    /// Nothing gets through between a node and NATS.
    SilenceBus,
    /// NATS is killed and comes back empty.
    WipeBus,
    /// The primary of the database is killed and its standby promoted.
    FailOver,
}

impl Kind {
    /// Its name in the figures.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Kill => "kill",
            Kind::Freeze => "freeze",
            Kind::CutStore => "cut_postgres",
            Kind::SilenceStore => "silence_postgres",
            Kind::SlowStore => "slow_postgres",
            Kind::CutBus => "cut_nats",
            Kind::SilenceBus => "silence_nats",
            Kind::WipeBus => "wipe_nats",
            Kind::FailOver => "postgres_fail_over",
        }
    }

    /// Whether it happens to one node.
    pub fn is_of_a_node(self) -> bool {
        !matches!(self, Kind::WipeBus | Kind::FailOver)
    }
}

/// Of every twenty faults these; fewer are taken from the front.
const TWENTY: [Kind; 20] = [
    Kind::FailOver,
    Kind::Kill,
    Kind::Freeze,
    Kind::WipeBus,
    Kind::SilenceStore,
    Kind::CutStore,
    Kind::Kill,
    Kind::SilenceBus,
    Kind::CutBus,
    Kind::SlowStore,
    Kind::Kill,
    Kind::Freeze,
    Kind::Kill,
    Kind::SilenceStore,
    Kind::Kill,
    Kind::WipeBus,
    Kind::Kill,
    Kind::CutStore,
    Kind::Kill,
    Kind::Freeze,
];

/// So many faults in the order of a seed.
pub fn deck(count: usize, chance: &mut SmallRng) -> Vec<Kind> {
    let drawn = TWENTY.into_iter().cycle().take(count);
    let (fail_overs, mut deck): (Vec<Kind>, Vec<Kind>) = drawn.partition(|kind| *kind == Kind::FailOver);
    for place in (1..deck.len()).rev() {
        deck.swap(place, chance.random_range(0..=place));
    }
    for turn in 0..fail_overs.len() {
        let place = (turn * 2 + 1) * count / (fail_overs.len() * 2);
        deck.insert(place.min(deck.len()), Kind::FailOver);
    }
    deck
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use rand::SeedableRng;

    use super::*;

    #[test]
    fn forty_hold_every_kind_and_two_fail_overs_far_apart() {
        for seed in 0..20 {
            let deck = deck(40, &mut SmallRng::seed_from_u64(seed));
            let mut counts = BTreeMap::new();
            deck.iter().for_each(|kind| *counts.entry(*kind).or_insert(0) += 1);
            assert_eq!((deck.len(), counts.len()), (40, 9));
            assert_eq!((counts[&Kind::FailOver], counts[&Kind::Kill], counts[&Kind::WipeBus]), (2, 14, 4));
            let places: Vec<usize> = (0..40).filter(|place| deck[*place] == Kind::FailOver).collect();
            assert!(places[1] - places[0] >= 15, "{places:?}");
        }
        assert_eq!(deck(1, &mut SmallRng::seed_from_u64(1)), [Kind::FailOver]);
        assert!(deck(0, &mut SmallRng::seed_from_u64(1)).is_empty());
    }
}

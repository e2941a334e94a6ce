//! Progress of a reader: everything derives from indexes and ordinals, no counter has to be kept in step.
//!
//! Nothing here can be off by what was missed or repeated, since nothing is added up.

/// A place in a conversation by both counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Progress {
    /// The index.
    pub index: u64,
    /// The ordinal at that index.
    pub ordinal: u64,
}

/// Up to where a member has read: the farthest of what was read, what was written by the member (who writes has seen
/// what stood before), and where the member came in. It never falls, not even when somebody leaves and comes back.
pub fn farthest(read: Progress, own: Progress, joined: Progress) -> Progress {
    read.max(own).max(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_is_at_the_farthest_known_place() {
        let at = |ordinal| Progress { index: ordinal, ordinal };
        assert_eq!(farthest(at(4), at(0), at(0)), at(4));
        assert_eq!(farthest(at(4), at(9), at(0)), at(9));
        assert_eq!(farthest(at(0), at(0), at(10)), at(10));
    }
}

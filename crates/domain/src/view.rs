//! A user's own view of a conversation: messages hidden for this user, and history cleared.
//!
//! It changes nothing for anybody else. Hidden messages are ranges by index and by ordinal, so that unread stays a
//! difference and no message has to be looked at to count it.

use parlance_proto::limits;

use crate::{Progress, Rejection};

/// A stretch of the log whose messages are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HiddenRange {
    /// The first hidden message.
    pub from: u64,
    /// The last hidden message.
    pub to: u64,
    /// Messages before the first.
    pub before: u64,
    /// The ordinal of the last.
    pub last: u64,
}

/// What a user has put out of the own sight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnView {
    /// In index order; no two touch, but for the open one of a block: between two of them there is a message that is shown.
    pub hidden: Vec<HiddenRange>,
    /// Everything up to here is gone from this view.
    pub cleared: Progress,
}

impl OwnView {
    /// Whether the message at `index` is out of sight.
    pub fn hides(&self, index: u64) -> bool {
        index <= self.cleared.index || self.range_at(index).is_some()
    }

    /// The hidden range over `index`.
    pub fn range_at(&self, index: u64) -> Option<&HiddenRange> {
        let after = self.hidden.partition_point(|range| range.to < index);
        self.hidden.get(after).filter(|range| range.from <= index)
    }

    /// Hides the message at `place`. Hiding it again changes nothing.
    pub fn hide(&mut self, place: Progress) -> Result<(), Rejection> {
        if self.hides(place.index) {
            return Ok(());
        }
        let Progress { index, ordinal } = place;
        let mut new = HiddenRange { from: index, to: index, before: ordinal - 1, last: ordinal };
        let at = self.hidden.partition_point(|range| range.to < index);
        let (mut first, mut end) = (at, at);
        // The stretch of a block keeps its beginning: it says where the conversation ends meanwhile.
        let joins = |later: &&HiddenRange| later.before == new.last && later.to != limits::OPEN_END;
        if let Some(later) = self.hidden.get(at).filter(joins) {
            (new.to, new.last) = (later.to, later.last);
            end += 1;
        }
        let before = at.checked_sub(1).and_then(|at| self.hidden.get(at));
        if let Some(earlier) = before.filter(|earlier| earlier.last == new.before) {
            (new.from, new.before) = (earlier.from, earlier.before);
            first -= 1;
        }
        if first == end && self.hidden.len() >= limits::HIDDEN_RANGES_MAX {
            return Err(Rejection::TooManyHidden);
        }
        self.hidden.splice(first..end, [new]);
        Ok(())
    }

    /// Puts everything up to `head` out of sight.
    pub fn clear(&mut self, head: Progress) {
        self.cleared = self.cleared.max(head);
        let cleared = self.cleared.index;
        self.hidden.retain(|range| range.to > cleared);
    }

    /// Messages after `base` and up to the ordinal `head` that are shown and not read.
    pub fn unread(&self, head: u64, base: Progress) -> u64 {
        let base = base.max(self.cleared).ordinal;
        let hidden =
            self.hidden.iter().map(|range| range.last.min(head).saturating_sub(range.before.max(base)));
        head.saturating_sub(base).saturating_sub(hidden.sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log in which every second entry is a message.
    fn at(ordinal: u64) -> Progress {
        Progress { index: ordinal * 2, ordinal }
    }

    fn hiding(ordinals: &[u64]) -> OwnView {
        let mut view = OwnView::default();
        ordinals.iter().for_each(|ordinal| view.hide(at(*ordinal)).unwrap());
        view
    }

    #[test]
    fn hidden_messages_that_follow_each_other_are_one_range_in_any_order() {
        for order in [[3, 4, 5], [5, 4, 3], [3, 5, 4], [4, 3, 5]] {
            let view = hiding(&order);
            assert_eq!(view.hidden, [HiddenRange { from: 6, to: 10, before: 2, last: 5 }], "{order:?}");
        }
        let view = hiding(&[2, 4, 8, 4]);
        assert_eq!(view.hidden.len(), 3);
        assert!(view.hides(8) && !view.hides(6) && !view.hides(18));
    }

    #[test]
    fn hiding_the_last_message_before_a_block_leaves_its_beginning_where_it_is() {
        let open = HiddenRange { from: 11, to: limits::OPEN_END, before: 5, last: limits::OPEN_END };
        let mut view = OwnView { hidden: vec![open], ..OwnView::default() };
        view.hide(at(5)).unwrap();
        view.hide(at(4)).unwrap();
        assert_eq!(view.hidden, [HiddenRange { from: 8, to: 10, before: 3, last: 5 }, open]);
        assert_eq!(view.unread(9, at(3)), 0);
    }

    #[test]
    fn unread_leaves_hidden_messages_out_wherever_the_reader_is() {
        let view = hiding(&[2, 3, 7]);
        let unread: Vec<u64> = (0..=10).map(|read| view.unread(10, at(read))).collect();
        assert_eq!(unread, [7, 6, 6, 6, 5, 4, 3, 3, 2, 1, 0]);
        assert_eq!(view.unread(6, at(0)), 4, "a head below the last hidden message");
    }

    #[test]
    fn clearing_takes_everything_before_and_leaves_what_comes() {
        let mut view = hiding(&[2, 9]);
        view.clear(at(5));
        view.clear(at(4));
        assert_eq!((view.cleared, view.hidden.len()), (at(5), 1));
        assert!(view.hides(10) && view.hides(1) && !view.hides(12));
        assert_eq!(view.unread(10, at(0)), 4);
    }

    #[test]
    fn there_is_a_bound_on_ranges_and_none_on_what_touches_one() {
        let max = limits::HIDDEN_RANGES_MAX as u64;
        let mut view = hiding(&(0..max).map(|range| 2 + range * 3).collect::<Vec<_>>());
        assert_eq!(view.hidden.len(), limits::HIDDEN_RANGES_MAX);
        assert_eq!(view.hide(at(2 + max * 3)), Err(Rejection::TooManyHidden));
        assert_eq!(view.hide(at(3)), Ok(()));
        assert_eq!(view.hide(at(4)), Ok(()));
        assert_eq!(view.hidden.len(), limits::HIDDEN_RANGES_MAX - 1);
    }
}

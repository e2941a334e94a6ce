//! The live view: the other nodes as far as they were heard of lately, and what each of them does.
//!
//! When nobody at all is heard any more, it is this node that is cut off, and the view stays as it was: otherwise every node
//! would take itself for the only one. A node that says that it goes is gone in any case.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::Roles;

/// A node that was silent for so long is gone, if others are heard.
pub(crate) const SILENCE: Duration = Duration::from_secs(5);
/// Somebody says something more often than this.
const QUIET: Duration = Duration::from_millis(2_500);

/// The other nodes.
#[derive(Default)]
pub(crate) struct View {
    seen: BTreeMap<u64, Seen>,
    /// Whether it stays as it is, since nobody is heard.
    frozen: bool,
}

/// One of them.
struct Seen {
    /// What it does.
    roles: Roles,
    /// When it was last heard.
    heard_at: Instant,
    /// Whether it did not answer since.
    doubted: bool,
}

impl View {
    /// A node said something.
    pub(super) fn hear(&mut self, node: u64, roles: Roles, now: Instant) {
        self.seen.insert(node, Seen { roles, heard_at: now, doubted: false });
    }

    /// A node said that it goes.
    pub(super) fn leave(&mut self, node: u64) {
        self.seen.remove(&node);
    }

    /// A node did not answer: nothing is asked of it until it is heard again.
    pub(super) fn doubt(&mut self, node: u64) {
        if let Some(seen) = self.seen.get_mut(&node) {
            seen.doubted = true;
        }
    }

    /// Lets go of those who are silent, unless all are. A single other node counts as gone as long as the way to it `is_up`.
    pub(super) fn settle(&mut self, now: Instant, is_up: bool) {
        let Some(last) = self.seen.values().map(|seen| seen.heard_at).max() else { return };
        if now - last > QUIET && (!is_up || self.frozen || self.seen.len() > 1) {
            self.frozen = true;
            return;
        }
        if std::mem::take(&mut self.frozen) {
            // The others have as long as ever to be heard again.
            self.seen.values_mut().for_each(|seen| seen.heard_at = now);
        }
        self.seen.retain(|_, seen| now - seen.heard_at <= SILENCE);
    }

    /// Whether it stays as it is, since nobody is heard.
    pub(super) fn is_frozen(&self) -> bool {
        self.frozen
    }

    /// Those who do something.
    pub(super) fn those(&self, does: impl Fn(Roles) -> bool) -> impl Iterator<Item = u64> {
        self.seen.iter().filter(move |(_, seen)| does(seen.roles)).map(|(node, _)| *node)
    }

    /// The owners among them that answer, as far as is known.
    pub(super) fn owners(&self) -> impl Iterator<Item = u64> {
        self.seen.iter().filter(|(_, seen)| seen.roles.owner && !seen.doubted).map(|(node, _)| *node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKS: Roles = Roles { worker: true, ..Roles::NONE };

    fn owners(view: &View) -> Vec<u64> {
        view.owners().collect()
    }

    fn second(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    #[test]
    fn who_is_silent_while_others_are_heard_is_gone() {
        let (mut view, start) = (View::default(), Instant::now());
        view.hear(1, Roles::ALL, start);
        view.hear(2, Roles::ALL, start);
        view.hear(3, WORKS, start);
        assert_eq!(owners(&view), [1, 2]);
        assert_eq!(view.those(|roles| roles.worker).collect::<Vec<_>>(), [1, 2, 3]);
        view.hear(2, Roles::ALL, start + second(4));
        view.hear(3, WORKS, start + second(5));
        view.settle(start + second(6), true);
        assert_eq!(owners(&view), [2]);
        view.leave(2);
        assert_eq!(owners(&view), Vec::<u64>::new());
    }

    #[test]
    fn in_total_silence_the_view_stays_until_somebody_is_heard_again() {
        let (mut view, start) = (View::default(), Instant::now());
        view.hear(1, Roles::ALL, start);
        view.hear(2, Roles::ALL, start + second(1));
        for later in 2..600 {
            view.settle(start + second(later), true);
        }
        assert!(view.is_frozen());
        assert_eq!(owners(&view), [1, 2]);
        // The first that is heard does not make the others gone: their word is on its way.
        view.hear(1, Roles::ALL, start + second(600));
        view.settle(start + second(601), true);
        assert_eq!((view.is_frozen(), owners(&view)), (false, vec![1, 2]));
        view.hear(1, Roles::ALL, start + second(606));
        view.settle(start + second(607), true);
        assert_eq!(owners(&view), [1]);
    }

    #[test]
    fn the_only_other_node_is_gone_when_it_is_silent_unless_there_is_no_way_to_it() {
        let (mut view, start) = (View::default(), Instant::now());
        view.hear(1, Roles::ALL, start);
        view.settle(start + second(3), false);
        view.settle(start + second(60), false);
        assert_eq!((view.is_frozen(), owners(&view)), (true, vec![1]));
        view.hear(1, Roles::ALL, start + second(61));
        for later in 61..67 {
            view.settle(start + second(later), true);
        }
        assert_eq!(owners(&view), [1]);
        view.settle(start + second(67), true);
        assert_eq!(owners(&view), Vec::<u64>::new());
    }

    #[test]
    fn who_does_not_answer_is_not_asked_until_heard_again() {
        let (mut view, start) = (View::default(), Instant::now());
        view.hear(1, Roles::ALL, start);
        view.doubt(1);
        assert_eq!(owners(&view), Vec::<u64>::new());
        assert_eq!(view.those(|roles| roles.worker).count(), 1, "it may work all the same");
        view.hear(1, Roles::ALL, start + second(2));
        assert_eq!(owners(&view), [1]);
    }
}

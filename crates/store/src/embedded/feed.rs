//! What changes while somebody copies the store: the names of the rows, each once, until they are taken.
//!
//! A name is told when its row can be read as it was left, and before its write is answered.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use fjall::UserKey;

use crate::{Error, Family};

/// Names kept for whoever takes them, some hundred bytes each.
const MOST: usize = 2_000_000;

/// A stored row: its family and its key inside fjall.
pub(crate) type Name = (Family, UserKey);

/// Shared by the writer and whoever copies.
#[derive(Debug, Default)]
pub(crate) struct Feed(Mutex<Heard>);

#[derive(Debug, Default)]
enum Heard {
    #[default]
    ByNobody,
    /// Changed since they were last taken.
    Names(HashSet<Name>),
    /// More than there is room for.
    TooMany,
}

impl Feed {
    /// Names are kept from now on. Refused while somebody else takes them.
    pub(crate) fn listen(&self) -> Result<(), Error> {
        let mut heard = self.heard();
        if !matches!(*heard, Heard::ByNobody) {
            return Err(Error::Unavailable("it is being copied already".into()));
        }
        *heard = Heard::Names(HashSet::new());
        Ok(())
    }

    /// No names are kept any more.
    pub(crate) fn forget(&self) {
        *self.heard() = Heard::ByNobody;
    }

    /// Whether anybody wants to know.
    pub(crate) fn is_heard(&self) -> bool {
        !matches!(*self.heard(), Heard::ByNobody)
    }

    /// These rows have changed.
    pub(crate) fn tell(&self, changed: Vec<Name>) {
        let mut heard = self.heard();
        let Heard::Names(names) = &mut *heard else { return };
        names.extend(changed);
        if names.len() > MOST {
            *heard = Heard::TooMany;
        }
    }

    /// The names since this was last asked.
    pub(crate) fn take(&self) -> Result<HashSet<Name>, Error> {
        match &mut *self.heard() {
            Heard::Names(names) => Ok(std::mem::take(names)),
            Heard::ByNobody => Ok(HashSet::new()),
            Heard::TooMany => Err(Error::Unavailable(format!(
                "more than {MOST} rows changed before they could be copied: try again when less is written"
            ))),
        }
    }

    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_once_to_the_one_who_listens() {
        let name = || (Family::Blind, UserKey::from(&b"k"[..]));
        let feed = Feed::default();
        feed.tell(vec![name()]);
        feed.listen().unwrap();
        assert!(feed.take().unwrap().is_empty(), "nobody listened yet");
        assert!(feed.listen().is_err());
        feed.tell(vec![name(), name()]);
        feed.tell(vec![name()]);
        assert_eq!(feed.take().unwrap().into_iter().collect::<Vec<_>>(), [name()]);
        assert!(feed.take().unwrap().is_empty());
        feed.forget();
        feed.listen().unwrap();
    }
}

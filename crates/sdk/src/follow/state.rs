//! The place in the stream of updates: the user's cursor and each conversation's index, kept in a file if wanted.
//!
//! It holds only what the reader has finished with, so that a crash repeats the last updates and skips none. The lock
//! never leaves this file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use parlance_proto::{ConversationId, UserId};
use serde::{Deserialize, Serialize};

use crate::Error;

/// The version of the file's layout.
const VERSION: u32 = 1;

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// The layout's version.
    version: u32,
    /// Whose place it is; another user's place is refused.
    pub user_id: Option<UserId>,
    /// Updates up to this user index are finished with.
    pub user_index: Option<u64>,
    /// The highest finished index of each conversation.
    pub conversations: BTreeMap<ConversationId, u64>,
}

impl Default for Place {
    fn default() -> Place {
        Place { version: VERSION, user_id: None, user_index: None, conversations: BTreeMap::new() }
    }
}

/// A change of the place, in the order in which the reader finishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// An entry is finished with, or everything up to it was not wanted.
    Entry(ConversationId, u64),
    /// Everything up to this user index is finished with.
    Cursor(u64),
    /// A conversation is no longer the user's.
    Forget(ConversationId),
}

struct Held {
    place: Place,
    /// Whether it differs from the file.
    dirty: bool,
}

/// The finished place, shared by the reader (which moves it) and the saver.
pub(crate) struct State {
    held: Mutex<Held>,
    file: Option<PathBuf>,
}

impl State {
    /// Reads the file if there is one.
    pub fn load(file: Option<PathBuf>) -> Result<State, Error> {
        let place = match &file {
            Some(path) => read(path)?,
            None => Place::default(),
        };
        Ok(State { held: Mutex::new(Held { place, dirty: false }), file })
    }

    /// The place at present.
    pub fn place(&self) -> Place {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).place.clone()
    }

    /// Ties the place to its user; a place of another user cannot be used.
    pub fn belongs_to(&self, user: UserId) -> Result<(), Error> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        match (held.place.user_id, &self.file) {
            (Some(other), Some(path)) if other != user => {
                Err(Error::file(path, format_args!("it holds the place of {other}, not of {user}")))
            }
            _ => {
                held.place.user_id = Some(user);
                Ok(())
            }
        }
    }

    /// Moves on. Nothing ever moves back.
    pub fn step(&self, step: Step) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let place = &mut held.place;
        match step {
            Step::Entry(conversation, index) => {
                let finished = place.conversations.entry(conversation).or_insert(index);
                *finished = index.max(*finished);
            }
            Step::Cursor(user_index) => place.user_index = Some(user_index),
            Step::Forget(conversation) => {
                place.conversations.remove(&conversation);
            }
        }
        held.dirty = true;
    }

    /// Writes the file if anything changed: to a file beside it, which then takes its name.
    pub async fn save(&self) -> Result<(), Error> {
        let Some(path) = &self.file else { return Ok(()) };
        let Some(place) = self.take_dirty() else { return Ok(()) };
        let beside = path.with_extension("new");
        let written = async {
            tokio::fs::write(&beside, serde_json::to_vec(&place)?).await?;
            tokio::fs::rename(&beside, path).await
        };
        written.await.map_err(|error: std::io::Error| {
            self.held.lock().unwrap_or_else(PoisonError::into_inner).dirty = true;
            Error::file(path, error)
        })
    }

    fn take_dirty(&self) -> Option<Place> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut held.dirty).then(|| held.place.clone())
    }
}

fn read(path: &Path) -> Result<Place, Error> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Place::default()),
        Err(error) => return Err(Error::file(path, error)),
    };
    let place: Place = serde_json::from_slice(&bytes).map_err(|error| Error::file(path, error))?;
    if place.version == VERSION {
        Ok(place)
    } else {
        Err(Error::file(path, format_args!("its layout {} is not known here", place.version)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_place_comes_back_from_its_file_and_belongs_to_one_user() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("place.json");
        let conversation = ConversationId::direct(UserId(1), UserId(2));
        let state = State::load(Some(path.clone())).unwrap();
        state.belongs_to(UserId(1)).unwrap();
        state.step(Step::Entry(conversation, 7));
        state.step(Step::Entry(conversation, 6));
        state.step(Step::Cursor(3));
        state.save().await.unwrap();

        let again = State::load(Some(path)).unwrap();
        assert_eq!(again.place().conversations[&conversation], 7);
        assert_eq!(again.place().user_index, Some(3));
        assert!(again.belongs_to(UserId(2)).is_err());
    }

    #[test]
    fn a_broken_file_is_named_and_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("place.json");
        std::fs::write(&path, "{").unwrap();
        let error = State::load(Some(path.clone())).err().unwrap();
        assert!(error.to_string().contains("place.json"));
    }
}

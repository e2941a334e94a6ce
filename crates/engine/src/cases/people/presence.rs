//! Watching who is there: what a watcher may see is looked up when watching begins, and again when it may have changed.
//!
//! A blocked watcher, one without the right, and one who asks for nobody all get `unknown`, from the same reads.

use parlance_domain::Rejection;
use parlance_proto::{PresenceOf, Presences, UserId, limits};

use super::relations::side;
use crate::hub::Connection;
use crate::presence::Sight;
use crate::{Engine, Error};

impl Connection {
    /// Hears of these users' comings and goings from now on; how they are now.
    pub async fn watch(&self, user_ids: Vec<UserId>) -> Result<Presences, Error> {
        if user_ids.len() > limits::WATCHED_PER_REQUEST {
            return Err(Rejection::TooManyMembers(user_ids.len()).into());
        }
        if !self.begin_watching(&user_ids) {
            return Err(Rejection::TooManyWatched.into());
        }
        let (engine, viewer) = (self.engine(), self.caller().user);
        let mut sights = engine.sights(viewer, &user_ids).await?;
        loop {
            let mut people = Vec::with_capacity(user_ids.len());
            for (user, sight) in user_ids.iter().zip(&sights) {
                // Looked at for everybody, so that the time tells nothing.
                let last_seen = engine.0.presence.last_seen(&engine.0, *user).await?;
                let status = engine.0.presence.watch(&engine.0, *user, self.outbox(), *sight);
                // It may have ended meanwhile.
                if !self.is_watching(*user) {
                    engine.0.presence.unwatch(*user, self.outbox());
                }
                people.push(sight.of(*user, status, last_seen));
            }
            // A choice from before this watch was known has told it nothing.
            let again = engine.sights(viewer, &user_ids).await?;
            if again == sights {
                return Ok(Presences { people });
            }
            sights = again;
        }
    }

    /// Hears of them no more; of nobody if none is named.
    pub fn unwatch(&self, user_ids: &[UserId]) {
        for user in self.end_watching(user_ids) {
            self.engine().0.presence.unwatch(user, self.outbox());
        }
    }

    /// Says whether somebody is at this device.
    pub fn set_away(&self, away: bool) {
        self.outbox().set_away(away);
        let engine = self.engine();
        engine.0.presence.changed(&engine.0, self.caller().user);
    }
}

impl Engine {
    /// What a viewer may see of each user.
    async fn sights(&self, viewer: UserId, users: &[UserId]) -> Result<Vec<Sight>, Error> {
        let regards = self.regards(users, viewer).await?;
        let pairs: Vec<_> = users.iter().map(|user| (viewer, *user)).collect();
        let own = self.relations(&pairs).await?;
        let both = users.iter().zip(regards.into_iter().zip(own));
        let sights = both.map(|(user, (regard, own))| {
            let oneself = *user == viewer;
            let online = oneself || (!side(&own).blocked && regard.allows(regard.privacy.online));
            Sight { online, last_seen: online && (oneself || regard.allows(regard.privacy.last_seen)) }
        });
        Ok(sights.collect())
    }

    /// Looks again at what the watchers of a user may see, in the background.
    pub(in crate::cases) fn review_presence(&self, user: UserId) {
        if !self.0.presence.is_watched(user) {
            return;
        }
        let engine = self.clone();
        self.0.tasks.spawn(async move {
            if let Err(error) = engine.review(user).await {
                tracing::warn!(%error, "what watchers may see could not be looked up; they are told nothing");
                engine.0.presence.forget(user);
            }
        });
    }

    async fn review(&self, user: UserId) -> Result<(), Error> {
        let last_seen = self.0.presence.last_seen(&self.0, user).await?;
        for viewer in self.0.presence.watchers(user) {
            while let Some(sight) = self.sights(viewer, &[user]).await?.pop() {
                self.0.presence.see(&self.0, user, viewer, (sight, last_seen));
                // Two choices in a row are looked at side by side: the later one counts.
                if self.sights(viewer, &[user]).await? == [sight] {
                    break;
                }
            }
        }
        Ok(())
    }
}

impl Sight {
    /// A user's state, as far as it may be seen.
    pub(crate) fn of(
        self,
        user_id: UserId,
        status: parlance_proto::Status,
        last_seen: Option<i64>,
    ) -> PresenceOf {
        use parlance_proto::Status;
        let status = if self.online { status } else { Status::Unknown };
        let last_seen_ms = last_seen.filter(|_| self.last_seen && status == Status::Offline);
        PresenceOf { user_id, status, last_seen_ms }
    }
}

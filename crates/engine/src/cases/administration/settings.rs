//! Settings that change while the server runs, and the text for every user.
//!
//! Kept here is only what was changed; what was not is the settings file's, which this crate does not know.

use std::collections::BTreeMap;
use std::sync::Arc;

use parlance_domain::{Rejection, check_note, check_settings, reset_settings};
use parlance_proto::{
    Announce, Announcement, ChangeSettings, ConversationId, ConversationKind, Done, Event, RegistrationMode,
    limits,
};
use parlance_store::{Commit, Guard, Level, Write};

use super::Administrator;
use crate::hub::{Live, To};
use crate::owner::{Settled, settle};
use crate::{Engine, Error, keys, rows};

/// Tries against rivals.
const TRIES: u32 = 8;

/// What was changed while the server ran.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The settings that were changed; the others are absent.
    pub changed: ChangeSettings,
    /// The text for every user.
    pub announcement: Option<Announcement>,
    /// Conversations that are kept for a time of their own, in seconds; 0 for ever.
    pub kept: BTreeMap<ConversationId, u32>,
}

impl Settings {
    /// For how long messages of a kind of conversation are kept, in seconds, if that was changed; 0 for ever.
    pub(crate) fn keep_s(&self, kind: ConversationKind) -> Option<u32> {
        match kind {
            ConversationKind::Direct => self.changed.keep_direct_s,
            ConversationKind::Group => self.changed.keep_group_s,
            ConversationKind::Channel => self.changed.keep_channel_s,
        }
    }
}

impl Engine {
    /// The settings as this node knows them.
    pub fn settings(&self) -> Arc<Settings> {
        self.0.settings()
    }

    /// Reads the settings anew; tells whether they are others than before. Another node may have changed them.
    pub async fn refresh_settings(&self) -> Result<bool, Error> {
        let found = self.0.store.get(&keys::settings(), Level::Serial).await?;
        let row: rows::SettingsRow =
            found.map(|row| rows::decode(&row.value)).transpose()?.unwrap_or_default();
        Ok(self.0.set_settings(of_row(row)?))
    }

    /// Changes settings; what is not given stays.
    pub async fn change_settings(&self, by: &Administrator, input: ChangeSettings) -> Result<(), Error> {
        check_settings(&input)?;
        let named = format!("{:?}", names(&input));
        self.audit(by.actor, "admin.change_settings", "settings", named).await?;
        self.write_settings(Vec::new(), |row| {
            *row = to_row(merged(of_row(row.clone())?.changed, &input), row);
            Ok(())
        })
        .await
    }

    /// Tells every user something, now and on every sign-in, until it is taken away.
    pub async fn announce(&self, by: &Administrator, input: Announce) -> Result<Done, Error> {
        let text = input.text.trim().to_owned();
        check_note(&text, limits::ANNOUNCEMENT_MAX_CHARS)?;
        self.audit(by.actor, "admin.announce", "settings", format!("{} characters", text.chars().count()))
            .await?;
        let now_ms = self.0.clock.now_ms();
        self.write_settings(Vec::new(), |row| {
            row.announcement.clone_from(&text);
            row.announced_ms = now_ms;
            Ok(())
        })
        .await?;
        let announcement = self.settings().announcement.clone();
        self.0.tell(To::All, &Live::new(Event::Announcement { announcement }));
        Ok(Done {})
    }

    /// Refuses a group of more members than the settings allow.
    pub(in crate::cases) fn check_group_size(&self, members: usize) -> Result<(), Rejection> {
        match self.settings().changed.group_max_members {
            Some(most) if members > most as usize => Err(Rejection::GroupFullHere(most)),
            _ => Ok(()),
        }
    }

    /// Changes the settings' row together with blind rows.
    pub(super) async fn write_settings(
        &self,
        along: Vec<Write>,
        change: impl Fn(&mut rows::SettingsRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let key = keys::settings();
        for _ in 0..TRIES {
            let found = self.0.store.get(&key, Level::Serial).await?;
            let (mut row, guard) = match found {
                Some(found) => (rows::decode(&found.value)?, Guard::Version(key.key.clone(), found.version)),
                None => (rows::SettingsRow::default(), Guard::Absent(key.key.clone())),
            };
            change(&mut row)?;
            let commit = Commit { along: along.clone(), ..self.commit_one(&key, guard, rows::encode(&row)) };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.set_settings(of_row(row)?);
                return Ok(());
            }
        }
        Err(Error::Busy)
    }
}

/// What was changed, with a further change.
fn merged(was: ChangeSettings, change: &ChangeSettings) -> ChangeSettings {
    let merged = ChangeSettings {
        registration: change.registration.or(was.registration),
        members_invite: change.members_invite.or(was.members_invite),
        link_previews: change.link_previews.or(was.link_previews),
        sends_per_second: change.sends_per_second.or(was.sends_per_second),
        sends_burst: change.sends_burst.or(was.sends_burst),
        conversation_sends_per_second: change
            .conversation_sends_per_second
            .or(was.conversation_sends_per_second),
        conversation_sends_burst: change.conversation_sends_burst.or(was.conversation_sends_burst),
        new_conversations_per_hour: change.new_conversations_per_hour.or(was.new_conversations_per_hour),
        group_max_members: change.group_max_members.or(was.group_max_members),
        keep_direct_s: change.keep_direct_s.or(was.keep_direct_s),
        keep_group_s: change.keep_group_s.or(was.keep_group_s),
        keep_channel_s: change.keep_channel_s.or(was.keep_channel_s),
        reset: None,
    };
    reset_settings(merged, change.reset.as_deref().unwrap_or_default())
}

/// The names of the settings in a change.
fn names(change: &ChangeSettings) -> Vec<&str> {
    let given = parlance_domain::changed_settings(change);
    given.into_iter().chain(change.reset.iter().flatten().map(String::as_str)).collect()
}

fn of_row(row: rows::SettingsRow) -> Result<Settings, Error> {
    let registration = match row.registration {
        None => None,
        Some(0) => Some(RegistrationMode::Open),
        Some(1) => Some(RegistrationMode::Invite),
        Some(2) => Some(RegistrationMode::Closed),
        Some(_) => return Err(Error::corrupt("the setting of who may register")),
    };
    let announcement = Announcement { text: row.announcement, time_ms: row.announced_ms };
    let kept = |row: &rows::KeptRow| {
        let conversation = keys::parse_conversation(&row.conversation);
        Ok((conversation.ok_or_else(|| Error::corrupt("a conversation that is kept"))?, row.keep_s))
    };
    Ok(Settings {
        kept: row.kept.iter().map(kept).collect::<Result<_, Error>>()?,
        changed: ChangeSettings {
            registration,
            members_invite: row.members_invite,
            link_previews: row.link_previews,
            sends_per_second: row.sends_per_second,
            sends_burst: row.sends_burst,
            conversation_sends_per_second: row.conversation_sends_per_second,
            conversation_sends_burst: row.conversation_sends_burst,
            new_conversations_per_hour: row.new_conversations_per_hour,
            group_max_members: row.group_max_members,
            keep_direct_s: row.keep_direct_s,
            keep_group_s: row.keep_group_s,
            keep_channel_s: row.keep_channel_s,
            reset: None,
        },
        announcement: Some(announcement).filter(|announcement| !announcement.text.is_empty()),
    })
}

/// The row of these settings, with the announcement of the row before.
fn to_row(changed: ChangeSettings, before: &rows::SettingsRow) -> rows::SettingsRow {
    let registration = changed.registration.map(|mode| match mode {
        RegistrationMode::Open => 0,
        RegistrationMode::Invite => 1,
        RegistrationMode::Closed => 2,
    });
    rows::SettingsRow {
        registration,
        members_invite: changed.members_invite,
        link_previews: changed.link_previews,
        sends_per_second: changed.sends_per_second,
        sends_burst: changed.sends_burst,
        conversation_sends_per_second: changed.conversation_sends_per_second,
        conversation_sends_burst: changed.conversation_sends_burst,
        new_conversations_per_hour: changed.new_conversations_per_hour,
        group_max_members: changed.group_max_members,
        announcement: before.announcement.clone(),
        announced_ms: before.announced_ms,
        keep_direct_s: changed.keep_direct_s,
        keep_group_s: changed.keep_group_s,
        keep_channel_s: changed.keep_channel_s,
        kept: before.kept.clone(),
    }
}

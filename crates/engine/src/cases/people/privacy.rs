//! What a user lets others see. A choice is in effect when it is answered.
//!
//! It is a row of the user's own, told to the user's other devices.

use parlance_proto::{Audience, GetPrivacy, Privacy, Topic, UpdatePrivacy, UserId, Writers};
use parlance_store::{Family, Level, Put, RowKey};

use super::sight::{CONTACTS, EVERYBODY, NOBODY};
use crate::follow::{OwnChange, Touched, change_own};
use crate::receipts::Hiding;
use crate::timers::clocks_of_strangers;
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// What the caller lets others see.
    pub async fn get_privacy(&self, caller: Caller, _: GetPrivacy) -> Result<Privacy, Error> {
        Ok(public(&self.privacy_of(caller.user).await?))
    }

    /// Changes what the caller lets others see.
    pub async fn update_privacy(&self, caller: Caller, input: UpdatePrivacy) -> Result<Privacy, Error> {
        self.0.receipts.hiding().fill(&self.0).await?;
        let row = change_own(&self.0, caller.user, &[keys::PRIVACY], |found| {
            let before = privacy_in(found[0].as_ref())?;
            let mut row = before.clone();
            change(&mut row, &input);
            if row == before {
                return Ok((None, row));
            }
            let own = OwnChange {
                puts: vec![Put::new(keys::PRIVACY, rows::encode(&row))],
                touched: vec![Touched::Topic(Topic::Privacy)],
                along: Hiding::rows(&self.0, caller.user, row.hides_reads),
                ..OwnChange::default()
            };
            Ok((Some(own), row))
        })
        .await?;
        // What the row says after it was noted: another device may be choosing too.
        let mut hides = row.hides_reads;
        loop {
            self.0.receipts.hiding().set(caller.user, hides);
            let stored = self.privacy_of(caller.user).await?.hides_reads;
            if stored == hides {
                break;
            }
            hides = stored;
        }
        self.review_presence(caller.user);
        // Also if it was so already: the answer of an earlier try may have been lost.
        if row.open_to_anyone && input.messages.is_some() {
            clocks_of_strangers(self, caller.user).await?;
        }
        Ok(public(&row))
    }

    /// A user's choices.
    pub(in crate::cases) async fn privacy_of(&self, user: UserId) -> Result<rows::PrivacyRow, Error> {
        let key = RowKey { family: Family::Fenced, partition: keys::user(user), key: keys::PRIVACY };
        let row = self.0.store.get(&key, Level::Serial).await?;
        privacy_in(row.as_ref().map(|row| &row.value))
    }
}

fn change(row: &mut rows::PrivacyRow, input: &UpdatePrivacy) {
    if let Some(shows) = input.show_reads {
        row.hides_reads = !shows;
    }
    let choose = |kept: &mut u32, chosen: Option<Audience>| {
        if let Some(audience) = chosen {
            *kept = number(audience);
        }
    };
    choose(&mut row.last_seen, input.last_seen);
    choose(&mut row.online, input.online);
    choose(&mut row.picture, input.picture);
    choose(&mut row.status, input.status);
    choose(&mut row.groups, input.groups);
    if let Some(writers) = input.messages {
        row.open_to_anyone = writers == Writers::Anyone;
    }
    row.by_phone = input.find_by_phone.unwrap_or(row.by_phone);
    row.by_email = input.find_by_email.unwrap_or(row.by_email);
}

fn number(audience: Audience) -> u32 {
    match audience {
        Audience::Everybody => EVERYBODY,
        Audience::Contacts => CONTACTS,
        Audience::Nobody => NOBODY,
    }
}

/// An audience from its number. One that only a newer server knows is nobody.
fn audience(number: u32) -> Audience {
    match number {
        EVERYBODY => Audience::Everybody,
        CONTACTS => Audience::Contacts,
        _ => Audience::Nobody,
    }
}

/// The choices in a row; a newcomer's if there is none.
pub(super) fn privacy_in(value: Option<&bytes::Bytes>) -> Result<rows::PrivacyRow, Error> {
    value.map_or(Ok(rows::PrivacyRow::default()), |value| rows::decode(value))
}

fn public(row: &rows::PrivacyRow) -> Privacy {
    Privacy {
        show_reads: !row.hides_reads,
        last_seen: audience(row.last_seen),
        online: audience(row.online),
        picture: audience(row.picture),
        status: audience(row.status),
        groups: audience(row.groups),
        messages: if row.open_to_anyone { Writers::Anyone } else { Writers::Contacts },
        find_by_phone: row.by_phone,
        find_by_email: row.by_email,
    }
}

//! What entries change in the rows of a conversation, so that a checkpoint writes that and nothing else.
//!
//! Every row that a fold changes is named here by the entry that changes it.

use std::collections::BTreeSet;

use bytes::Bytes;
use parlance_domain::{Change, Conversation, changes};
use parlance_proto::{Body, Entry, UserId};
use parlance_store::Put;

use crate::{keys, rows};

/// Rows that are behind the state.
#[derive(Default)]
pub(super) struct Touched {
    members: BTreeSet<UserId>,
    restraints: BTreeSet<UserId>,
    links: BTreeSet<u64>,
    /// Settings or announcement.
    shared: bool,
}

/// One row's change.
pub(super) enum RowChange {
    Put(Put),
    Delete(Bytes),
}

impl Touched {
    /// Notes what an entry changes.
    pub(super) fn add(&mut self, entry: &Entry) {
        self.members.extend(touched_by(entry));
        match &entry.body {
            Body::MemberMuted { member, .. }
            | Body::MemberBanned { member }
            | Body::MemberUnbanned { member } => _ = self.restraints.insert(*member),
            Body::MemberJoined { link_id, .. } => _ = self.links.insert(*link_id),
            Body::SettingsChanged { .. } | Body::Announced { .. } => self.shared = true,
            // A channel's settings begin otherwise than a group's.
            Body::Created { channel, .. } => self.shared |= *channel,
            _ => {}
        }
    }

    /// The rows as the state has them.
    pub(super) fn rows(&self, state: &Conversation) -> Vec<RowChange> {
        let members = self.members.iter().map(|user| match member_row(state, *user) {
            Some(row) => RowChange::Put(Put::new(keys::member(*user), rows::encode(&row))),
            None => RowChange::Delete(keys::member(*user)),
        });
        let restraints = self.restraints.iter().map(|user| match state.restraints.get(user) {
            Some(restraint) => {
                let row = rows::restraint_row(restraint);
                RowChange::Put(Put::new(keys::restraint(*user), rows::encode(&row)))
            }
            None => RowChange::Delete(keys::restraint(*user)),
        });
        let links = self.links.iter().map(|link| {
            let row = rows::UsesRow { uses: state.link_uses(*link) };
            RowChange::Put(Put::new(keys::link_uses(*link), rows::encode(&row)))
        });
        let shared = self.shared.then(|| {
            let row = rows::SharedRow {
                settings: Some(rows::settings_row(&state.settings.as_change())),
                announcement: state.announcement.as_deref().map(rows::announcement_row),
            };
            RowChange::Put(Put::new(keys::SHARED, rows::encode(&row)))
        });
        members.chain(restraints).chain(links).chain(shared).collect()
    }
}

fn member_row(state: &Conversation, user: UserId) -> Option<rows::MemberRow> {
    // Not by `member`: the rows of a dissolved group stay, so that everybody can be told.
    let place = state.members.get(&user)?;
    Some(rows::MemberRow {
        role: rows::role_number(place.role),
        joined_index: place.joined.index,
        joined_ordinal: place.joined.ordinal,
        own_index: place.own.index,
        own_ordinal: place.own.ordinal,
        visible_from: place.visible_from,
        alias: state.aliases.get(&user).cloned().unwrap_or_default(),
        own_s: place.own_s,
    })
}

/// The members whose rows an entry changes.
fn touched_by(entry: &Entry) -> Vec<UserId> {
    let mut touched: Vec<UserId> = changes(entry)
        .into_iter()
        .filter_map(|change| match change {
            Change::Joined(user) | Change::Left(user) => Some(user),
            Change::FanOut(_) | Change::Dissolved => None,
        })
        .collect();
    match &entry.body {
        Body::RoleChanged { member, .. } | Body::AliasChanged { member, .. } => touched.push(*member),
        Body::OwnerChanged { owner } => touched.push(*owner),
        Body::MemberLeft { new_owner } => touched.extend(new_owner),
        _ => {}
    }
    touched.push(entry.sender);
    touched
}

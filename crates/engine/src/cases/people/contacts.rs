//! Contacts and requests: one's own row says what one wants, then both rows are made to agree.
//!
//! Whoever is blocked or declined gets the answers that everybody gets.

use parlance_domain::{Deed, Rejection, Tie, check_note};
use parlance_proto::{
    AcceptContact, Contact, ContactState, Contacts, DeclineContact, Done, ListContacts, RemoveContact,
    RenameContact, RequestContact, UserId, WithdrawContact, limits,
};
use parlance_store::{Bound, Family, Level, Range};

use super::relations::{set_side, side};
use crate::cases::page_size;
use crate::{Caller, Engine, Error, keys, rows};

/// Rows looked at in one go.
const PAGE: usize = 200;

impl Engine {
    /// Asks somebody to be a contact; who is asking already is accepted.
    pub async fn request_contact(&self, caller: Caller, input: RequestContact) -> Result<Contact, Error> {
        let note = input.note.unwrap_or_default().trim().to_owned();
        check_note(&note, limits::CONTACT_NOTE_MAX_CHARS)?;
        let other = self.other(caller, input.user_id).await?;
        let before = self.pair(caller.user, other).await?;
        if before.0 == rows::RelationRow::default() && !self.has_room(caller.user).await? {
            return Err(Rejection::TooManyContacts.into());
        }
        self.change_relation(caller.user, other, |row| {
            let before = side(row);
            set_side(row, before.after(Deed::Ask)?);
            if before.tie() != Tie::Contact && !note.is_empty() {
                row.own_note.clone_from(&note);
            }
            Ok(())
        })
        .await?;
        let row = self.settle_evenly(caller.user, other, &before).await?;
        self.contact(caller, other, row).await
    }

    /// Accepts a request.
    pub async fn accept_contact(&self, caller: Caller, input: AcceptContact) -> Result<Contact, Error> {
        let row = self.do_to(caller, input.user_id, Deed::Accept).await?;
        self.contact(caller, input.user_id, row).await
    }

    /// Declines a request. The other side is not told.
    pub async fn decline_contact(&self, caller: Caller, input: DeclineContact) -> Result<Done, Error> {
        self.do_to(caller, input.user_id, Deed::Decline).await.map(|_| Done {})
    }

    /// Takes a request back.
    pub async fn withdraw_contact(&self, caller: Caller, input: WithdrawContact) -> Result<Done, Error> {
        self.do_to(caller, input.user_id, Deed::Withdraw).await.map(|_| Done {})
    }

    /// Ends being contacts, on both sides.
    pub async fn remove_contact(&self, caller: Caller, input: RemoveContact) -> Result<Done, Error> {
        self.do_to(caller, input.user_id, Deed::Remove).await.map(|_| Done {})
    }

    /// Gives a contact a name of one's own; an empty one takes it away.
    pub async fn rename_contact(&self, caller: Caller, input: RenameContact) -> Result<Contact, Error> {
        let name = input.name.trim();
        if name.chars().count() > limits::DISPLAY_NAME_MAX_CHARS {
            return Err(Rejection::BadContactName.into());
        }
        let row = self
            .change_relation(caller.user, input.user_id, |row| {
                if side(row).tie() != Tie::Contact {
                    return Err(Rejection::NoContact.into());
                }
                name.clone_into(&mut row.name);
                Ok(())
            })
            .await?;
        self.contact(caller, input.user_id, row).await
    }

    /// A page of contacts and requests, by user id. Pairs that a crash left apart are mended on the way.
    pub async fn list_contacts(&self, caller: Caller, input: ListContacts) -> Result<Contacts, Error> {
        let limit = page_size(input.limit)?;
        let fits = |state| input.state.is_none_or(|wanted| wanted == state);
        let mut found: Vec<(UserId, rows::RelationRow)> = Vec::new();
        let mut after = input.after;
        while found.len() <= limit {
            let page = self.relation_page(caller.user, after).await?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            for (other, row) in self.mended(caller.user, page).await? {
                if !side(&row).blocked && state(&row).is_some_and(fits) {
                    found.push((other, row));
                }
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let ids: Vec<UserId> = found.iter().map(|(other, _)| *other).collect();
        let users = self.seen_users(caller, &ids).await?;
        let contacts = found.into_iter().filter_map(|(other, row)| {
            let user = users.iter().find(|user| user.user_id == other)?;
            Some(shown(user.clone(), &row, state(&row)?))
        });
        Ok(Contacts { contacts: contacts.collect(), more })
    }

    /// Somebody else who exists.
    pub(super) async fn other(&self, caller: Caller, other: UserId) -> Result<UserId, Error> {
        if other == caller.user {
            return Err(Rejection::NotOneself.into());
        }
        self.account(other).await?.map(|_| other).ok_or_else(|| Rejection::NoUser.into())
    }

    /// A deed about another: first the own row, then both.
    async fn do_to(&self, caller: Caller, other: UserId, deed: Deed) -> Result<rows::RelationRow, Error> {
        let other = self.other(caller, other).await?;
        // What the other side did before a crash counts.
        self.settle_pair(caller.user, other).await?;
        let before = self.pair(caller.user, other).await?;
        self.change_relation(caller.user, other, |row| {
            let after = side(row).after(deed)?;
            set_side(row, after);
            match after.tie() {
                Tie::Contact => row.own_note.clear(),
                Tie::Stranger => {
                    row.own_note.clear();
                    row.note.clear();
                    row.name.clear();
                }
                Tie::Asked | Tie::Asking => {}
            }
            Ok(())
        })
        .await?;
        self.settle_evenly(caller.user, other, &before).await
    }

    /// The next rows of a user about others.
    pub(super) async fn relation_page(
        &self,
        user: UserId,
        after: Option<UserId>,
    ) -> Result<Vec<(UserId, rows::RelationRow)>, Error> {
        let mut range = Range::prefix(Family::Fenced, keys::user(user), keys::RELATION_PREFIX, PAGE);
        if let Some(after) = after {
            range.from = Bound::Excluded(keys::relation(after));
        }
        let page = self.0.store.range(range, Level::Serial).await?;
        let row = |row: &parlance_store::Row| {
            let other = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a relation's key"))?;
            Ok((UserId(other), rows::decode(&row.value)?))
        };
        page.iter().map(row).collect()
    }

    /// The same rows, those that do not agree with the other side's mended.
    async fn mended(
        &self,
        user: UserId,
        mut page: Vec<(UserId, rows::RelationRow)>,
    ) -> Result<Vec<(UserId, rows::RelationRow)>, Error> {
        let pairs: Vec<_> = page.iter().map(|(other, _)| (*other, user)).collect();
        let theirs = self.relations(&pairs).await?;
        for ((other, row), theirs) in page.iter_mut().zip(theirs) {
            let sides = (side(row), side(&theirs));
            if parlance_domain::mend(sides.0, sides.1) != sides {
                *row = self.settle_pair(user, *other).await?;
            }
        }
        Ok(page)
    }

    async fn contact(&self, caller: Caller, other: UserId, row: rows::RelationRow) -> Result<Contact, Error> {
        let user = self.seen_users(caller, &[other]).await?.pop().ok_or(Rejection::NoUser)?;
        let state = state(&row).ok_or(Rejection::NoContactRequest)?;
        Ok(shown(user, &row, state))
    }
}

fn state(row: &rows::RelationRow) -> Option<ContactState> {
    match side(row).tie() {
        Tie::Contact => Some(ContactState::Contact),
        Tie::Asked => Some(ContactState::Outgoing),
        Tie::Asking => Some(ContactState::Incoming),
        Tie::Stranger => None,
    }
}

fn shown(user: parlance_proto::User, row: &rows::RelationRow, state: ContactState) -> Contact {
    let note = if state == ContactState::Outgoing { &row.own_note } else { &row.note };
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    Contact { user, state, name: text(&row.name), note: text(note), since_ms: row.since_ms }
}

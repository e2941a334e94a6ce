//! Who may see what of somebody: one rule for status, presence, and who may add whom to groups.
//!
//! Who is blocked is treated like a stranger where only contacts may, and like one of those who may not elsewhere. The
//! same rows are read for everybody, so that the time tells nothing.

use parlance_domain::Rejection;
use parlance_proto::{User, UserId};
use parlance_store::{Family, Level, RowKey};

use super::privacy::privacy_in;
use super::relations::side;
use crate::{Caller, Engine, Error, keys, rows};

/// Numbers of audiences in a `PrivacyRow`.
pub(super) const EVERYBODY: u32 = 0;
pub(super) const CONTACTS: u32 = 1;
pub(super) const NOBODY: u32 = 2;

/// What an owner thinks of a viewer.
pub(crate) struct Regard {
    /// The owner's choices.
    pub privacy: rows::PrivacyRow,
    /// The owner's row about the viewer.
    pub relation: rows::RelationRow,
}

impl Regard {
    /// Whether the viewer is in an audience of the owner's.
    pub(crate) fn allows(&self, audience: u32) -> bool {
        let side = side(&self.relation);
        match audience {
            EVERYBODY => !side.blocked,
            CONTACTS => side.trusts(),
            _ => false,
        }
    }
}

impl Engine {
    /// What each owner thinks of one viewer.
    pub(crate) async fn regards(&self, owners: &[UserId], viewer: UserId) -> Result<Vec<Regard>, Error> {
        let own =
            |key| move |owner: &UserId| RowKey { family: Family::Fenced, partition: keys::user(*owner), key };
        let mut wanted: Vec<RowKey> = owners.iter().map(|owner| own(keys::PRIVACY)(owner)).collect();
        wanted.extend(owners.iter().map(|owner| own(keys::relation(viewer))(owner)));
        let mut privacies = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let relations = privacies.split_off(owners.len());
        let both = privacies.into_iter().zip(relations);
        both.map(|(privacy, relation)| {
            Ok(Regard {
                privacy: privacy_in(privacy.as_ref().map(|row| &row.value))?,
                relation: super::relations::relation_in(relation.as_ref().map(|row| &row.value))?,
            })
        })
        .collect()
    }

    /// Users as the caller may see them; unknown ones are left out.
    pub(in crate::cases) async fn seen_users(
        &self,
        caller: Caller,
        user_ids: &[UserId],
    ) -> Result<Vec<User>, Error> {
        let mut users = self.users(user_ids).await?;
        let ids: Vec<UserId> = users.iter().map(|user| user.user_id).collect();
        for (user, regard) in users.iter_mut().zip(self.regards(&ids, caller.user).await?) {
            if user.user_id != caller.user && !regard.allows(regard.privacy.status) {
                user.status_text.clear();
            }
            if user.user_id != caller.user && !regard.allows(regard.privacy.picture) {
                user.photo = None;
            }
        }
        Ok(users)
    }

    /// Those whom the caller may not add to groups.
    pub(in crate::cases) async fn not_addable(
        &self,
        caller: Caller,
        user_ids: &[UserId],
    ) -> Result<Vec<UserId>, Error> {
        let regards = self.regards(user_ids, caller.user).await?;
        let refused = user_ids
            .iter()
            .zip(regards)
            .filter(|(user, regard)| **user != caller.user && !regard.allows(regard.privacy.groups));
        Ok(refused.map(|(user, _)| *user).collect())
    }

    /// Refuses people whom the caller may not add to groups, by name.
    pub(in crate::cases) async fn check_addable(
        &self,
        caller: Caller,
        user_ids: &[UserId],
    ) -> Result<(), Error> {
        let refused = self.not_addable(caller, user_ids).await?;
        if refused.is_empty() {
            return Ok(());
        }
        let users = self.users(&refused).await?;
        let names: Vec<String> = users.into_iter().map(|user| user.username).collect();
        Err(Rejection::NotAddable(names.join(", ")).into())
    }
}

//! Links into a group: a secret code of 128 bits, known here by its hash.
//!
//! How often a link was used is part of the conversation's own state, so that a link with n uses lets n in, whoever is
//! faster. A link that never was and one that is over are the same refusal.

use parlance_domain::{Command, Entrance, Rejection};
use parlance_proto::{
    ConversationId, ConversationKind, CreateLink, Done, JoinConversation, JoinLink, JoinLinks, JoinOutcome,
    Joining, LinkPreview, ListLinks, PreviewLink, RevokeLink, UserId, limits,
};
use parlance_store::{Family, Level, Put, Range, Write};
use sha2::{Digest, Sha256};

use crate::{Caller, Engine, Error, keys, rows};

/// Longest time for which a link is made, in seconds: a year.
const LASTS_MAX_S: u32 = 365 * 24 * 3_600;
/// Longest code looked at, in bytes.
const CODE_MAX_BYTES: usize = 64;
/// Bits of a link's id: JSON's numbers are exact below 2^53.
const ID_BITS: u32 = 52;

impl Engine {
    /// Makes a link. Its code is told once.
    pub async fn create_link(&self, caller: Caller, input: CreateLink) -> Result<JoinLink, Error> {
        let conversation = input.conversation_id;
        let shared = self.member_of(caller, conversation).await?;
        let made_at = {
            let state = shared.state();
            if state.kind() == ConversationKind::Direct {
                return Err(Rejection::DirectConversation.into());
            }
            state.check_add(caller.user)?;
            state.head.index
        };
        if input.max_uses == Some(0)
            || input.expires_in_s.is_some_and(|lasts_s| !(1..=LASTS_MAX_S).contains(&lasts_s))
        {
            return Err(Rejection::BadGroupSetting(
                "a link takes 1 use or more and lasts 1 second to a year",
            )
            .into());
        }
        if self.link_rows(conversation).await?.len() >= limits::LINKS_PER_GROUP {
            return Err(Rejection::TooMany("this group has 100 links; revoke one first").into());
        }
        let now_ms = self.0.clock.now_ms();
        let row = rows::LinkRow {
            conversation: keys::conversation(conversation),
            link: self.0.chance.next_u64() >> (u64::BITS - ID_BITS),
            made_by: caller.user.0,
            made_ms: now_ms,
            made_at,
            expires_ms: input.expires_in_s.map_or(0, |lasts_s| now_ms + i64::from(lasts_s) * 1_000),
            max_uses: input.max_uses.unwrap_or_default(),
            approval: input.approval.unwrap_or_default(),
        };
        let code = format!("{:016x}{:016x}", self.0.chance.next_u64(), self.0.chance.next_u64());
        let hash = hash_of(&code);
        let expires_at_ms = Some(row.expires_ms).filter(|expires_ms| *expires_ms != 0);
        let key = keys::link(&hash);
        let writes = vec![
            Write::Put {
                partition: key.partition,
                put: Put { expires_at_ms, ..Put::new(key.key, rows::encode(&row)) },
            },
            Write::Put {
                partition: keys::links(conversation),
                put: Put { expires_at_ms, ..Put::new(keys::index(row.link), hash.to_vec()) },
            },
        ];
        self.0.write(writes).await?;
        Ok(JoinLink { code: Some(code), ..told(&row, 0) })
    }

    /// The links of a group: all of them for the owner and the admins, the own ones for others who may make some.
    pub async fn list_links(&self, caller: Caller, input: ListLinks) -> Result<JoinLinks, Error> {
        let shared = self.member_of(caller, input.conversation_id).await?;
        shared.state().check_add(caller.user)?;
        let rows = self.link_rows(input.conversation_id).await?;
        let now_ms = self.0.clock.now_ms();
        let state = shared.state();
        let all = state.may_manage(caller.user);
        let mut links: Vec<JoinLink> = rows
            .into_iter()
            .map(|(_, row)| row)
            .filter(|row| all || row.made_by == caller.user.0)
            .filter(|row| !is_over(row, now_ms))
            .map(|row| told(&row, state.link_uses(row.link)))
            .collect();
        links.sort_by_key(|link| (link.made_ms, link.link_id));
        Ok(JoinLinks { links })
    }

    /// Ends a link. Ending it again changes nothing.
    pub async fn revoke_link(&self, caller: Caller, input: RevokeLink) -> Result<Done, Error> {
        let shared = self.member_of(caller, input.conversation_id).await?;
        let rows = self.link_rows(input.conversation_id).await?;
        {
            let state = shared.state();
            state.check_add(caller.user)?;
            let found = rows.iter().find(|(_, row)| row.link == input.link_id);
            if found.is_some_and(|(_, row)| row.made_by != caller.user.0) {
                state.check_manage(caller.user)?;
            }
        }
        for (hash, row) in rows.into_iter().filter(|(_, row)| row.link == input.link_id) {
            let key = keys::link(&hash);
            let writes = vec![
                Write::Delete { partition: key.partition, key: key.key },
                Write::Delete { partition: keys::links(input.conversation_id), key: keys::index(row.link) },
            ];
            self.0.write(writes).await?;
        }
        Ok(Done {})
    }

    /// What is behind a link.
    pub async fn preview_link(&self, caller: Caller, input: PreviewLink) -> Result<LinkPreview, Error> {
        let (conversation_id, row) = self.link_behind(&input.code).await?;
        let shared = crate::owner::current(&self.0, conversation_id).await?;
        let state = shared.state();
        if !state.exists() || state.members.is_empty() || state.settings.joining == Joining::Closed {
            return Err(Rejection::NoLink.into());
        }
        if state.is_banned(caller.user) {
            return Err(Rejection::Banned.into());
        }
        let member = state.member(caller.user).is_some();
        if !member && row.max_uses != 0 && state.link_uses(row.link) >= row.max_uses {
            return Err(Rejection::NoLink.into());
        }
        Ok(LinkPreview {
            conversation_id,
            kind: state.kind(),
            name: state.name.clone(),
            description: state.settings.description.clone(),
            photo: state.settings.photo.clone(),
            member_count: state.members.len() as u64,
            approval: row.approval || state.settings.joining != Joining::Link,
            member,
        })
    }

    /// Comes in by a link, or asks to be let in if the link or the group wants that.
    pub async fn join_conversation(
        &self,
        caller: Caller,
        input: JoinConversation,
    ) -> Result<JoinOutcome, Error> {
        let preview = self.preview_link(caller, PreviewLink { code: input.code.clone() }).await?;
        let (conversation_id, row) = self.link_behind(&input.code).await?;
        if !preview.member {
            if preview.approval {
                return self.ask_to_come_in(caller, conversation_id, input.note, row.made_at).await;
            }
            let entrance = Entrance {
                link: row.link,
                max_uses: Some(row.max_uses).filter(|max| *max != 0),
                made_at: row.made_at,
            };
            self.ask(caller, conversation_id, None, Command::Join(entrance)).await?.await?;
        }
        let conversation = Some(self.summary_of(caller, conversation_id).await?);
        Ok(JoinOutcome { conversation_id, conversation })
    }

    /// The link with this code, if it may still work.
    async fn link_behind(&self, code: &str) -> Result<(ConversationId, rows::LinkRow), Error> {
        let row = match code.len() {
            1..=CODE_MAX_BYTES => self.0.store.get(&keys::link(&hash_of(code)), Level::Serial).await?,
            _ => None,
        };
        let row: rows::LinkRow = rows::decode(&row.ok_or(Rejection::NoLink)?.value)?;
        if is_over(&row, self.0.clock.now_ms()) {
            return Err(Rejection::NoLink.into());
        }
        let conversation = keys::parse_conversation(&row.conversation);
        Ok((conversation.ok_or_else(|| Error::corrupt("a link into nothing"))?, row))
    }

    /// The links of a group, with the hashes of their codes.
    async fn link_rows(&self, conversation: ConversationId) -> Result<Vec<([u8; 32], rows::LinkRow)>, Error> {
        let range = Range::prefix(Family::Blind, keys::links(conversation), b"", limits::LINKS_PER_GROUP);
        let mut hashes = Vec::new();
        for row in self.0.store.range(range, Level::Serial).await? {
            let hash = <[u8; 32]>::try_from(row.value.as_ref());
            hashes.push(hash.map_err(|_| Error::corrupt("the hash of a link"))?);
        }
        let wanted: Vec<_> = hashes.iter().map(keys::link).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let rows = hashes.into_iter().zip(found);
        rows.filter_map(|(hash, row)| Some((hash, row?)))
            .map(|(hash, row)| Ok((hash, rows::decode(&row.value)?)))
            .collect()
    }
}

fn is_over(row: &rows::LinkRow, now_ms: i64) -> bool {
    row.expires_ms != 0 && row.expires_ms <= now_ms
}

fn told(row: &rows::LinkRow, uses: u32) -> JoinLink {
    JoinLink {
        link_id: row.link,
        made_by: UserId(row.made_by),
        made_ms: row.made_ms,
        expires_ms: Some(row.expires_ms).filter(|expires_ms| *expires_ms != 0),
        max_uses: Some(row.max_uses).filter(|max| *max != 0),
        uses,
        approval: row.approval,
        code: None,
    }
}

fn hash_of(code: &str) -> [u8; 32] {
    Sha256::digest(code.as_bytes()).into()
}

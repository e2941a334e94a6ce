//! Requests to come into a group: asking, deciding, and what the asker's devices hear of it.
//!
//! A request is a row beside the group; the asker's own copy is in the asker's partition, so that other devices learn
//! what became of it. Asking or deciding again changes nothing more.

use parlance_domain::{Command, Rejection};
use parlance_proto::{
    ConversationId, DecideRequest, Done, JoinOutcome, JoinRequest, JoinRequests, Joining, ListOwnRequests,
    ListRequests, OwnRequest, OwnRequests, RequestJoin, Role, Topic, UserId, WithdrawRequest, limits,
};
use parlance_store::{Bound, Family, Level, Put, Range, Write};

use crate::cases::page_size;
use crate::follow::{OwnChange, Touched, change_own};
use crate::{Caller, Engine, Error, keys, owner, rows};

/// Those who decide, of whom so many are told of a request.
const STAFF_TOLD: usize = 20;
/// Own requests shown.
const OWN_SHOWN: usize = 200;

impl Engine {
    /// Asks to be let into a group that takes requests.
    pub async fn request_join(&self, caller: Caller, input: RequestJoin) -> Result<JoinOutcome, Error> {
        let conversation_id = input.conversation_id;
        if matches!(conversation_id, ConversationId::Direct(..)) {
            return Err(Rejection::NoConversation.into());
        }
        let shared = owner::current(&self.0, conversation_id).await?;
        let (member, takes_requests, head) = {
            let state = shared.state();
            let there = state.exists() && !state.members.is_empty();
            let takes_requests = there && state.settings.joining == Joining::Request;
            (state.member(caller.user).is_some(), takes_requests, state.head.index)
        };
        if member {
            let conversation = Some(self.summary_of(caller, conversation_id).await?);
            return Ok(JoinOutcome { conversation_id, conversation });
        }
        // A group that takes no requests is not there for who is not in it.
        if !takes_requests {
            return Err(Rejection::NoConversation.into());
        }
        self.ask_to_come_in(caller, conversation_id, input.note, head).await
    }

    /// Puts a request in, or changes its note.
    pub(super) async fn ask_to_come_in(
        &self,
        caller: Caller,
        conversation_id: ConversationId,
        note: Option<String>,
        asked_at: u64,
    ) -> Result<JoinOutcome, Error> {
        let note = note.unwrap_or_default().trim().to_owned();
        if note.chars().count() > limits::JOIN_NOTE_MAX_CHARS {
            return Err(Rejection::BadGroupSetting("a note has at most 300 characters").into());
        }
        let shared = owner::current(&self.0, conversation_id).await?;
        let name = {
            let state = shared.state();
            if state.is_banned(caller.user) {
                return Err(Rejection::Banned.into());
            }
            state.name.clone()
        };
        let key = keys::request(conversation_id, caller.user);
        let before = self.0.store.get(&key, Level::Serial).await?;
        let is_new = before.is_none();
        let mut row = if let Some(before) = before {
            rows::decode(&before.value)?
        } else {
            self.check_room_for_requests(conversation_id).await?;
            rows::RequestRow { note: String::new(), time_ms: self.0.clock.now_ms(), asked_at }
        };
        row.note.clone_from(&note);
        let put = Put::new(key.key, rows::encode(&row));
        let write = Write::Put { partition: key.partition, put };
        self.0.write(vec![write]).await?;
        let own = rows::OwnRequestRow { name, note, time_ms: row.time_ms, declined: false };
        self.set_own_request(caller.user, conversation_id, Some(own)).await?;
        if is_new {
            self.tell_staff(conversation_id).await?;
        }
        Ok(JoinOutcome { conversation_id, conversation: None })
    }

    async fn check_room_for_requests(&self, conversation: ConversationId) -> Result<(), Error> {
        let most = limits::JOIN_REQUESTS_PER_GROUP;
        let range = Range::prefix(Family::Blind, keys::requests(conversation), b"", most);
        if self.0.store.range(range, Level::Serial).await?.len() >= most {
            return Err(Rejection::TooMany("too many people wait to be let in; try again later").into());
        }
        Ok(())
    }

    /// Has those who decide look at the requests.
    async fn tell_staff(&self, conversation: ConversationId) -> Result<(), Error> {
        let shared = owner::current(&self.0, conversation).await?;
        let staff: Vec<UserId> = {
            let state = shared.state();
            let staff = state.members.iter().filter(|(_, place)| place.role >= Role::Admin);
            staff.map(|(user, _)| *user).take(STAFF_TOLD).collect()
        };
        for user in staff {
            let touched =
                || OwnChange { touched: vec![Touched::Topic(Topic::JoinRequests)], ..OwnChange::default() };
            change_own(&self.0, user, &[], |_| Ok((Some(touched()), ()))).await?;
        }
        Ok(())
    }

    /// Keeps the asker's own copy of a request, and tells the asker's devices.
    async fn set_own_request(
        &self,
        user: UserId,
        conversation: ConversationId,
        row: Option<rows::OwnRequestRow>,
    ) -> Result<(), Error> {
        let key = keys::own_request(conversation);
        let value = row.map(|row| rows::encode(&row));
        change_own(&self.0, user, std::slice::from_ref(&key), |found| {
            if found[0] == value {
                return Ok((None, ()));
            }
            let (puts, deletes) = match &value {
                Some(value) => (vec![Put::new(key.clone(), value.clone())], Vec::new()),
                None => (Vec::new(), vec![key.clone()]),
            };
            let touched = vec![Touched::Topic(Topic::JoinRequests)];
            Ok((Some(OwnChange { puts, deletes, touched, ..OwnChange::default() }), ()))
        })
        .await
    }

    async fn drop_request(&self, conversation: ConversationId, user: UserId) -> Result<(), Error> {
        let key = keys::request(conversation, user);
        let write = Write::Delete { partition: key.partition, key: key.key };
        self.0.write(vec![write]).await?;
        Ok(())
    }

    /// Takes back one's own request.
    pub async fn withdraw_request(&self, caller: Caller, input: WithdrawRequest) -> Result<Done, Error> {
        self.drop_request(input.conversation_id, caller.user).await?;
        self.set_own_request(caller.user, input.conversation_id, None).await?;
        Ok(Done {})
    }

    /// A page of those who want to come in.
    pub async fn list_requests(&self, caller: Caller, input: ListRequests) -> Result<JoinRequests, Error> {
        let limit = page_size(input.limit)?;
        let shared = self.member_of(caller, input.conversation_id).await?;
        shared.state().check_manage(caller.user)?;
        let range = Range {
            family: Family::Blind,
            partition: keys::requests(input.conversation_id),
            from: input.after.map_or(Bound::Open, |user| Bound::Excluded(keys::index(user.0))),
            to: Bound::Open,
            limit: limit + 1,
            reverse: false,
        };
        let rows = self.0.store.range(range, Level::Serial).await?;
        let more = rows.len() > limit;
        let mut requests = Vec::new();
        for row in rows.into_iter().take(limit) {
            let user_id =
                UserId(keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a request's key"))?);
            let row: rows::RequestRow = rows::decode(&row.value)?;
            if shared.state().member(user_id).is_none() {
                requests.push(JoinRequest { user_id, note: row.note, time_ms: row.time_ms });
            } else {
                // Who came in by another way waits no more.
                self.drop_request(input.conversation_id, user_id).await?;
                self.set_own_request(user_id, input.conversation_id, None).await?;
            }
        }
        Ok(JoinRequests { requests, more })
    }

    /// Lets somebody in who asked, or does not.
    pub async fn decide_request(&self, caller: Caller, input: DecideRequest) -> Result<Done, Error> {
        let DecideRequest { conversation_id, user_id, approve } = input;
        let shared = self.member_of(caller, conversation_id).await?;
        let is_in = {
            let state = shared.state();
            state.check_manage(caller.user)?;
            state.member(user_id).is_some()
        };
        let row = self.0.store.get(&keys::request(conversation_id, user_id), Level::Serial).await?;
        let Some(row) = row else {
            // Decided already: saying so again does no harm.
            return if is_in && approve { Ok(Done {}) } else { Err(Rejection::NoRequest.into()) };
        };
        let row: rows::RequestRow = rows::decode(&row.value)?;
        if approve {
            let command = Command::Admit { user: user_id, asked_at: row.asked_at };
            self.ask(caller, conversation_id, None, command).await?.await?;
        }
        self.drop_request(conversation_id, user_id).await?;
        let name = shared.state().name.clone();
        let declined = rows::OwnRequestRow { name, note: row.note, time_ms: row.time_ms, declined: true };
        self.set_own_request(user_id, conversation_id, (!approve).then_some(declined)).await?;
        Ok(Done {})
    }

    /// One's own requests that wait or were declined.
    pub async fn list_own_requests(&self, caller: Caller, _: ListOwnRequests) -> Result<OwnRequests, Error> {
        let range =
            Range::prefix(Family::Fenced, keys::user(caller.user), keys::OWN_REQUEST_PREFIX, OWN_SHOWN);
        let mut requests = Vec::new();
        for row in self.0.store.range(range, Level::Serial).await? {
            let conversation = keys::parse_conversation(&row.key[keys::OWN_REQUEST_PREFIX.len()..]);
            let conversation_id = conversation.ok_or_else(|| Error::corrupt("an own request's key"))?;
            let row: rows::OwnRequestRow = rows::decode(&row.value)?;
            requests.push(OwnRequest {
                conversation_id,
                name: row.name,
                note: row.note,
                time_ms: row.time_ms,
                declined: row.declined,
            });
        }
        Ok(OwnRequests { requests })
    }
}

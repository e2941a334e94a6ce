//! The people of a storm: accounts, sessions and groups, made by an engine in this process before the server starts. Signing in
//! with passwords would take minutes.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use parlance_engine::{Caller, Engine, NewUser, Roles};
use parlance_proto::{ConversationId, CreateGroup, SendMessage, UserId};
use parlance_sdk::Http;
use parlance_store::{Embedded, EmbeddedOptions, Store};

use crate::config::{Limits, Media};
use crate::engines::bus::Joined;
use crate::server::start_engine;
use crate::signin::token::{Kind, fresh};

/// Members of each group.
pub const GROUP: usize = 50;
/// Accounts made, and messages sent, at once.
const AT_ONCE: usize = 64;

/// Somebody's session.
#[derive(Clone)]
pub struct Seat {
    caller: Caller,
    pub token: String,
    /// Whether there is news for this one.
    pub hears: bool,
}

/// Everybody, and the groups they are in.
pub struct Crowd {
    seats: Vec<Seat>,
    groups: Vec<ConversationId>,
}

impl Crowd {
    /// Makes `count` people in a data folder, in groups.
    pub async fn settle(data: &Path, count: usize) -> anyhow::Result<Crowd> {
        std::fs::create_dir_all(data)?;
        let store = Arc::new(Embedded::open(data, EmbeddedOptions::default())?);
        let shared = Arc::clone(&store) as Arc<dyn Store>;
        let engine =
            start_engine((shared, &Joined::alone(), Roles::ALL), &Limits::default(), &Media::default());
        let made = stream::iter(0..count).map(|number| seat(&engine, number)).buffered(AT_ONCE);
        let seats: Vec<Seat> = made.try_collect().await?;
        let made = stream::iter(seats.chunks(GROUP)).map(|seats| group(&engine, seats)).buffered(AT_ONCE);
        let groups = made.try_collect().await?;
        engine.stop().await;
        store.close().await?;
        Ok(Crowd { seats, groups })
    }

    /// Somebody.
    pub fn seat(&self, number: usize) -> Seat {
        self.seats[number].clone()
    }

    /// A message to every other group, from the first of its members.
    pub async fn news(&self, server: SocketAddr, text: &str) -> anyhow::Result<()> {
        let http = Http::new(&format!("http://{server}"))?;
        let some = self.groups.iter().zip(self.seats.chunks(GROUP)).filter(|(_, seats)| seats[0].hears);
        let send = |(group, seats): (&ConversationId, &[Seat])| {
            let http = http.clone().with_token(&seats[0].token);
            let message = SendMessage::text(*group, text.to_owned(), text.to_owned());
            async move { http.call(message).await }
        };
        stream::iter(some).map(send).buffer_unordered(AT_ONCE).try_collect::<Vec<_>>().await?;
        Ok(())
    }
}

async fn seat(engine: &Engine, number: usize) -> anyhow::Result<Seat> {
    let username = format!("storm-{number}");
    let new = NewUser { username, display_name: None, password_hash: String::new() };
    let user = engine.create_user(new).await?.user.user_id;
    let (token, hash) = fresh(Kind::Session);
    let session = engine.open_session(user, "storm", hash).await?;
    let hears = (number / GROUP).is_multiple_of(2);
    Ok(Seat { caller: Caller { user, session }, token: token.expose().to_owned(), hears })
}

async fn group(engine: &Engine, seats: &[Seat]) -> anyhow::Result<ConversationId> {
    let members: Vec<UserId> = seats[1..].iter().map(|seat| seat.caller.user).collect();
    let create = CreateGroup {
        name: "storm".to_owned(),
        member_ids: members,
        client_message_id: "storm".to_owned(),
        kind: None,
    };
    Ok(engine.create_group(seats[0].caller, create).await?.conversation_id)
}

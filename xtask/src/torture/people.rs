//! The people of the run and their conversations: everybody's direct conversation with the next, and three groups.
//!
//! All of it is made before the first kill, so that membership never changes during a run.

use std::time::Duration;

use anyhow::Context;
use parlance_proto::{ConversationId, CreateGroup, Encoding, Register, Sync, UserId};
use parlance_sdk::{Backoff, Client, Http, Options, Start};

/// Pauses of a client that knows its server will be back at once.
const BACKOFF: Backoff = Backoff { first_ms: 4, most_ms: 40 };
/// How long a call may wait for the server to be back.
const CALL_TIMEOUT: Duration = Duration::from_secs(8);

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub user_id: UserId,
    pub token: String,
    /// The user index before anything was sent.
    pub cursor: u64,
    /// The conversations this person is in.
    pub conversations: Vec<ConversationId>,
}

impl Person {
    /// The name in the history.
    pub fn name(&self) -> String {
        self.user_id.to_string()
    }

    /// A connection of this person; every other one speaks JSON.
    pub async fn connect(&self, url: &str, encoding: Encoding) -> anyhow::Result<Client> {
        let options = Options {
            encoding,
            start: Start::Beginning,
            backoff: BACKOFF,
            connect_timeout_ms: 30_000,
            call_timeout_ms: CALL_TIMEOUT.as_millis() as u64,
            ..Options::default()
        };
        Ok(Client::connect(url, &self.token, options).await?)
    }

    /// The HTTP door for this person.
    pub fn http(&self, url: &str) -> anyhow::Result<Http> {
        Ok(Http::new(url)?.with_token(&self.token))
    }
}

/// A conversation and who may read it.
#[derive(Clone, Debug)]
pub struct Place {
    pub conversation: ConversationId,
    /// One of its members, for reading.
    pub reader: usize,
}

/// Everybody and every conversation.
pub struct People {
    pub persons: Vec<Person>,
    pub places: Vec<Place>,
}

impl People {
    /// Registers everybody and makes the groups.
    pub async fn settle(url: &str, count: usize) -> anyhow::Result<People> {
        let mut people = People { persons: Vec::new(), places: Vec::new() };
        for number in 0..count {
            let register = Register {
                username: format!("person{number}"),
                password: format!("torture password {number}"),
                display_name: None,
                device_name: None,
                invite: None,
            };
            let signed_in = Client::register(url, register).await.context("registering")?;
            let (user_id, token) = (signed_in.user.user_id, signed_in.token);
            people.persons.push(Person { user_id, token, cursor: 0, conversations: Vec::new() });
        }
        for number in 0..count {
            let other = (number + 1) % count;
            let pair = [number, other].map(|person| people.persons[person].user_id);
            people.add(ConversationId::direct(pair[0], pair[1]), &[number, other]);
        }
        for (number, size) in [3.min(count), count.div_ceil(2), count].into_iter().enumerate() {
            people.add_group(url, number, size).await?;
        }
        for person in &mut people.persons {
            let input = Sync { since: None, limit: None, wait_ms: None };
            person.cursor = person.http(url)?.call(input).await?.user_index;
        }
        Ok(people)
    }

    fn add(&mut self, conversation: ConversationId, members: &[usize]) {
        self.places.push(Place { conversation, reader: members[0] });
        for member in members {
            let conversations = &mut self.persons[*member].conversations;
            // Two people have one direct conversation, whoever comes first.
            if !conversations.contains(&conversation) {
                conversations.push(conversation);
            }
        }
        self.places.dedup_by_key(|place| place.conversation);
    }

    async fn add_group(&mut self, url: &str, number: usize, size: usize) -> anyhow::Result<()> {
        let owner = &self.persons[0];
        let create = CreateGroup {
            name: format!("group {number}"),
            member_ids: self.persons[1..size].iter().map(|person| person.user_id).collect(),
            client_message_id: format!("group-{number}"),
            kind: None,
        };
        let made = owner.http(url)?.call(create).await.context("making a group")?;
        let members: Vec<usize> = (0..size).collect();
        self.add(made.conversation_id, &members);
        Ok(())
    }
}

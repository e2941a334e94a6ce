//! The people of a run: accounts with a token each. Registering hashes a password, so it takes its time.
//! Everything else of the run signs in with tokens, as devices do.

use std::net::SocketAddr;

use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use parlance_proto::{AddMembers, ConversationId, CreateGroup, Register, UserId, limits};
use parlance_sdk::Http;

use super::plan::Plan;
use super::wire::Wire;

/// Registrations under way at once; the server hashes two at a time.
const AT_ONCE: usize = 8;

/// Somebody.
#[derive(Clone, Debug)]
pub struct Person {
    pub user_id: UserId,
    pub token: String,
}

/// Everybody, and where the server is.
#[derive(Clone)]
pub struct People {
    pub address: SocketAddr,
    /// The nodes that they connect to.
    nodes: Vec<SocketAddr>,
    persons: Vec<Person>,
}

impl People {
    /// Registers as many as the plan needs.
    pub async fn settle(address: SocketAddr, plan: &Plan) -> anyhow::Result<People> {
        let http = Http::new(&format!("http://{address}"))?;
        // Names of a run do not meet those of another on the same server.
        let run = rand::random::<u32>();
        let register = |number: usize| {
            let http = http.clone();
            async move {
                let input = Register {
                    username: format!("b{run:08x}-{number}"),
                    password: format!("bench password {run}"),
                    display_name: None,
                    device_name: None,
                    invite: None,
                };
                let signed_in = http.register(input).await?;
                anyhow::Ok(Person { user_id: signed_in.user.user_id, token: signed_in.token })
            }
        };
        let registering = stream::iter(0..plan.people()).map(register).buffered(AT_ONCE);
        let persons = registering.try_collect().await?;
        Ok(People { address, nodes: vec![address], persons })
    }

    /// The same people at these nodes, in turn: two who follow each other are at two.
    pub fn at(self, nodes: Vec<SocketAddr>) -> People {
        People { nodes, ..self }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.persons.len()
    }

    /// Somebody; numbers beyond the last begin again.
    pub fn person(&self, number: usize) -> &Person {
        &self.persons[number % self.persons.len()]
    }

    /// A connection of somebody.
    pub async fn connect(&self, number: usize) -> anyhow::Result<Wire> {
        let node = self.nodes[number % self.nodes.len()];
        Wire::signed_in(node, &self.person(number).token).await
    }

    /// A group of the first `size` people, made by the first.
    pub async fn group(&self, size: usize) -> anyhow::Result<ConversationId> {
        let ids: Vec<UserId> = self.persons[1..size].iter().map(|person| person.user_id).collect();
        let mut parts = ids.chunks(limits::MEMBERS_PER_REQUEST);
        let mut owner = self.connect(0).await?;
        let create = CreateGroup {
            name: format!("group of {size}"),
            member_ids: parts.next().unwrap_or_default().to_vec(),
            client_message_id: format!("group-{size}"),
            kind: None,
        };
        let conversation_id = owner.ask(create).await?.conversation_id;
        for part in parts {
            owner.ask(AddMembers { conversation_id, user_ids: part.to_vec() }).await?;
        }
        Ok(conversation_id)
    }
}

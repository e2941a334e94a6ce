//! A small server in memory with one direct conversation per peer, and bad manners: it loses, repeats and reorders events
//! at random, cuts connections, and sometimes stores a message without answering.
//!
//! What it answers to calls is always right, as the real server's is; only hints and connections suffer.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use parlance_proto::frame::{SUBPROTOCOL_MSGPACK, encode_answer, encode_event, encode_refusal};
use parlance_proto::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;
use tokio_tungstenite::tungstenite::handshake::server::{
    ErrorResponse, Request as Upgrade, Response as Upgraded,
};
use tokio_tungstenite::tungstenite::protocol::Message;

/// The user that is signed in, whatever the token.
pub const ME: UserId = UserId(1);

/// How bad the manners are, in `0.0..1.0`.
#[derive(Clone, Copy)]
pub struct Manners {
    pub lose: f64,
    pub repeat: f64,
    pub hold_back: f64,
    pub cut: f64,
}

#[derive(Default)]
struct World {
    logs: BTreeMap<ConversationId, Vec<Entry>>,
    /// One row of the inbox for each entry.
    inbox: Vec<ConversationId>,
    keys: HashMap<(ConversationId, String), Accepted>,
}

#[derive(Clone)]
pub struct Fake {
    world: Arc<Mutex<World>>,
    events: broadcast::Sender<Event>,
    manners: Manners,
    seed: u64,
}

impl Fake {
    /// Starts it on a free port; answers it and its address.
    pub async fn start(seed: u64, manners: Manners) -> (Fake, String) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let fake = Fake { world: Arc::default(), events: broadcast::channel(64).0, manners, seed };
        let served = fake.clone();
        tokio::spawn(async move {
            let mut number = 0;
            while let Ok((socket, _)) = listener.accept().await {
                number += 1;
                let fake = served.clone();
                tokio::spawn(async move { fake.serve(socket, number).await });
            }
        });
        (fake, url)
    }

    /// Stores an entry, as if `sender` had sent it.
    pub fn store(&self, conversation_id: ConversationId, sender: UserId, key: &str, text: &str) -> Accepted {
        let mut world = self.world.lock().unwrap();
        if let Some(accepted) = world.keys.get(&(conversation_id, key.to_owned())) {
            return accepted.clone();
        }
        let log = world.logs.entry(conversation_id).or_default();
        let index = log.len() as u64 + 1;
        let entry = Entry {
            index,
            ordinal: index,
            time_ms: 0,
            sender,
            session: SessionId(1),
            client_message_id: Some(key.to_owned()),
            body: Body::Text { text: text.to_owned() },
            details: None,
        };
        log.push(entry.clone());
        world.inbox.push(conversation_id);
        let accepted = Accepted { index, ordinal: index, time_ms: 0 };
        world.keys.insert((conversation_id, key.to_owned()), accepted.clone());
        let user_index = world.inbox.len() as u64;
        drop(world);
        let _ = self.events.send(Event::Entry { conversation_id, entry });
        let _ = self.events.send(Event::Cursor { user_index });
        accepted
    }

    /// Says goodbye to everybody, as a server that stops.
    pub fn say_goodbye(&self, retry_after_ms: u64) {
        let _ = self.events.send(Event::Goodbye { reason: EndReason::Draining, retry_after_ms, place: None });
    }

    /// The texts of a conversation.
    pub fn texts(&self, conversation_id: ConversationId) -> Vec<String> {
        let world = self.world.lock().unwrap();
        let text = |entry: &Entry| match &entry.body {
            Body::Text { text } => text.clone(),
            _ => String::new(),
        };
        world.logs.get(&conversation_id).into_iter().flatten().map(text).collect()
    }

    async fn serve(self, socket: TcpStream, number: u64) {
        let mut chance = StdRng::seed_from_u64(self.seed ^ (number << 32));
        let choose = |_: &Upgrade, mut answer: Upgraded| -> Result<Upgraded, ErrorResponse> {
            let protocol = SUBPROTOCOL_MSGPACK.parse().unwrap();
            answer.headers_mut().insert("sec-websocket-protocol", protocol);
            Ok(answer)
        };
        let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(socket, choose).await else { return };
        let mut events = self.events.subscribe();
        let mut held_back = None;
        loop {
            let out: Vec<Vec<u8>> = tokio::select! {
                message = socket.next() => match message {
                    Some(Ok(Message::Binary(bytes))) => {
                        let answer = self.answer(&bytes);
                        if chance.random_bool(self.manners.cut) {
                            return;
                        }
                        vec![answer]
                    }
                    Some(Ok(_)) => continue,
                    _ => return,
                },
                event = events.recv() => {
                    let Ok(event) = event else { continue };
                    self.mangle(event, &mut held_back, &mut chance)
                }
            };
            for frame in out {
                if socket.send(Message::binary(frame)).await.is_err() {
                    return;
                }
            }
        }
    }

    fn mangle(&self, event: Event, held: &mut Option<Event>, chance: &mut StdRng) -> Vec<Vec<u8>> {
        let encode = |event: &Event| encode_event(Encoding::Msgpack, event);
        if chance.random_bool(self.manners.lose) {
            return Vec::new();
        }
        if chance.random_bool(self.manners.hold_back) {
            return held.replace(event).iter().map(encode).collect();
        }
        let mut out = vec![encode(&event)];
        if chance.random_bool(self.manners.repeat) {
            out.push(encode(&event));
        }
        out.extend(held.take().iter().map(encode));
        out
    }

    fn answer(&self, bytes: &[u8]) -> Vec<u8> {
        let frame = ClientFrame::decode(Encoding::Msgpack, bytes).unwrap();
        match self.respond(frame.request) {
            Ok(response) => encode_answer(Encoding::Msgpack, frame.id, &response),
            Err(problem) => encode_refusal(Encoding::Msgpack, frame.id, &problem),
        }
    }

    fn respond(&self, request: Request) -> Result<Response, Problem> {
        match request {
            Request::Resume(_) => Ok(Response::Resume(Hello {
                user_id: ME,
                session_id: SessionId(1),
                user_index: self.world.lock().unwrap().inbox.len() as u64,
                time_ms: 0,
                heartbeat_ms: 50,
                version: "fake".to_owned(),

                announcement: None,
            })),
            Request::Ping(_) => {
                let user_index = self.world.lock().unwrap().inbox.len() as u64;
                Ok(Response::Ping(Pong { time_ms: 0, user_index }))
            }
            Request::SendMessage(send) if send.text == "refuse me" => {
                Err(Problem::new(ErrorCode::Forbidden, "as you wish"))
            }
            Request::SendMessage(send) => {
                let accepted = self.store(send.conversation_id, ME, &send.client_message_id, &send.text);
                Ok(Response::SendMessage(accepted))
            }
            Request::GetHistory(input) => Ok(Response::GetHistory(self.history(&input))),
            Request::Sync(input) => Ok(Response::Sync(self.sync(input.since))),
            Request::ListConversations(_) => {
                let conversations = self.world.lock().unwrap().logs.iter().map(summary).collect();
                Ok(Response::ListConversations(Conversations { conversations, next: None }))
            }
            _ => Err(Problem::new(ErrorCode::UnknownOperation, "the fake does not know it")),
        }
    }

    fn history(&self, input: &GetHistory) -> History {
        let world = self.world.lock().unwrap();
        let log = world.logs.get(&input.conversation_id).map(Vec::as_slice).unwrap_or_default();
        let head = log.len() as u64;
        let from = input.after.unwrap_or(0) + 1;
        // A small page, so that several are needed.
        let to = (from + 6).min(head);
        let entries = log.iter().filter(|entry| (from..=to).contains(&entry.index)).cloned().collect();
        History { entries, from, to, head, visible_from: 1 }
    }

    fn sync(&self, since: Option<u64>) -> Changes {
        let world = self.world.lock().unwrap();
        let user_index = world.inbox.len() as u64;
        let changed = world.logs.iter().filter(|(conversation, _)| {
            since.is_some_and(|since| world.inbox[since as usize..].contains(conversation))
        });
        Changes {
            user_index,
            reset: since.is_none(),
            more: false,
            changed: changed.map(summary).collect(),
            removed: Vec::new(),
            topics: Vec::new(),
        }
    }
}

fn summary((conversation_id, log): (&ConversationId, &Vec<Entry>)) -> ConversationSummary {
    ConversationSummary {
        conversation_id: *conversation_id,
        kind: ConversationKind::Direct,
        name: None,
        photo: None,
        role: Role::Member,
        member_count: 2,
        fan_out: FanOut::Write,
        head: log.len() as u64,
        visible_from: 1,
        read_index: 0,
        unread: 0,
        mentioned: 0,
        marked_unread: false,
        personal: None,
        draft: None,
        disappearing: None,
        deleted: false,
        hidden: Vec::new(),
        request: false,
        peer_read_index: None,
        peer_delivered_index: None,
        activity_ms: 0,
        last_message: None,
    }
}

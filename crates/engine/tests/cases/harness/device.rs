//! A person's session, with the engine's operations in short words.
//!
//! The short words expect success; `refusal` takes apart what was refused.

use parlance_domain::Rejection;
use parlance_engine::{Caller, Connection, Engine, Error, Taken};
use parlance_proto::{
    Accepted, AddMembers, Body, Changes, ConversationId, ConversationSummary, Conversations, CreateGroup,
    Encoding, Entry, Event, GetConversation, GetHistory, History, ListConversations, MarkRead, ReadState,
    SendMessage, ServerFrame, Sync, UserId,
};

/// A person's session on an engine.
pub struct Device {
    pub engine: Engine,
    pub caller: Caller,
    pub token: [u8; 32],
}

impl Device {
    pub fn new(engine: Engine, caller: Caller, token: [u8; 32]) -> Device {
        Device { engine, caller, token }
    }

    pub fn id(&self) -> UserId {
        self.caller.user
    }

    /// The direct conversation with somebody.
    pub fn with(&self, other: &Device) -> ConversationId {
        ConversationId::direct(self.id(), other.id())
    }

    /// Makes a group.
    pub async fn group(&self, name: &str, members: &[&Device]) -> ConversationId {
        let input = CreateGroup {
            name: name.to_owned(),
            member_ids: members.iter().map(|member| member.id()).collect(),
            client_message_id: format!("make-{name}"),
            kind: None,
        };
        self.engine.create_group(self.caller, input).await.unwrap().conversation_id
    }

    pub async fn add(&self, group: ConversationId, members: &[&Device]) -> Accepted {
        let user_ids = members.iter().map(|member| member.id()).collect();
        let input = AddMembers { conversation_id: group, user_ids };
        self.engine.add_members(self.caller, input).await.unwrap()
    }

    /// Sends a text under a retry key.
    pub async fn try_send(&self, to: ConversationId, key: &str, text: &str) -> Result<Accepted, Error> {
        let input = SendMessage::text(to, key.to_owned(), text.to_owned());
        self.engine.send_message(self.caller, input).await?.await
    }

    /// Sends a text, with the text as retry key.
    pub async fn send(&self, to: ConversationId, text: &str) -> Accepted {
        self.try_send(to, &text.replace(' ', "-"), text).await.unwrap()
    }

    pub async fn try_history(&self, input: GetHistory) -> Result<History, Error> {
        self.engine.get_history(self.caller, input).await
    }

    /// The end of a conversation, up to 200 entries.
    pub async fn history(&self, of: ConversationId) -> History {
        let input = GetHistory { conversation_id: of, after: None, before: None, limit: Some(200) };
        self.try_history(input).await.unwrap()
    }

    /// The texts at the end of a conversation.
    pub async fn texts(&self, of: ConversationId) -> Vec<String> {
        self.history(of).await.entries.iter().filter_map(text_of).collect()
    }

    pub async fn try_list(&self, after: Option<String>, limit: u32) -> Result<Conversations, Error> {
        let input = ListConversations { after, limit: Some(limit), ..ListConversations::default() };
        self.engine.list_conversations(self.caller, input).await
    }

    /// The first page of the list.
    pub async fn list(&self) -> Vec<ConversationSummary> {
        self.try_list(None, 200).await.unwrap().conversations
    }

    pub async fn try_sync(&self, since: Option<u64>, limit: u32) -> Result<Changes, Error> {
        let input = Sync { since, limit: Some(limit), wait_ms: None };
        self.engine.sync(self.caller, input).await
    }

    /// What changed since a cursor.
    pub async fn sync(&self, since: u64) -> Changes {
        self.try_sync(Some(since), 200).await.unwrap()
    }

    /// The cursor to begin from.
    pub async fn cursor(&self) -> u64 {
        let changes = self.try_sync(None, 200).await.unwrap();
        assert!(changes.reset);
        changes.user_index
    }

    pub async fn try_summary(&self, of: ConversationId) -> Result<ConversationSummary, Error> {
        self.engine.get_conversation(self.caller, GetConversation { conversation_id: of }).await
    }

    pub async fn summary(&self, of: ConversationId) -> ConversationSummary {
        self.try_summary(of).await.unwrap()
    }

    pub async fn read(&self, of: ConversationId, index: u64) -> ReadState {
        self.engine.mark_read(self.caller, MarkRead { conversation_id: of, index }).await.unwrap()
    }

    /// Listens.
    pub fn attach(&self) -> Heard {
        Heard { connection: self.engine.attach(self.caller, Encoding::Json as usize) }
    }
}

/// The text of an entry, if it is a message.
pub fn text_of(entry: &Entry) -> Option<String> {
    match &entry.body {
        Body::Text { text } => Some(text.clone()),
        _ => None,
    }
}

/// Why something was refused by the rules.
pub fn refusal<T>(result: Result<T, Error>) -> Rejection {
    match result {
        Err(Error::Rejected(rejection)) => rejection,
        Err(other) => panic!("not a refusal by the rules: {other:?}"),
        Ok(_) => panic!("it was not refused"),
    }
}

/// A connection and what it hears.
pub struct Heard {
    pub connection: Connection,
}

impl Heard {
    /// All that has come until now, and whether more may come.
    pub fn now(&self) -> (Vec<Event>, Taken) {
        let mut frames = Vec::new();
        let taken = self.connection.take(&mut frames);
        let event = |bytes: &bytes::Bytes| match ServerFrame::decode(Encoding::Json, bytes).unwrap() {
            ServerFrame::Event(event) => event,
            other => panic!("not an event: {other:?}"),
        };
        (frames.iter().map(event).collect(), taken)
    }

    /// All that has come until now.
    pub fn events(&self) -> Vec<Event> {
        self.now().0
    }

    /// The texts that were pushed until now.
    pub fn texts(&self) -> Vec<String> {
        let events = self.events();
        let entries = events.iter().filter_map(|event| match event {
            Event::Entry { entry, .. } => text_of(entry),
            _ => None,
        });
        entries.collect()
    }
}

//! A person's device: does what people do, at random, repeats what it is not sure of, and writes down what it saw.
//! It keeps going through crashes; an outcome it never learned is recorded as unknown.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parlance_engine::{Caller, Engine, Error};
use parlance_proto::{
    AddMembers, ConversationId, CreateGroup, ErrorCode, GetHistory, LeaveConversation, ListConversations,
    MarkRead, RemoveMember, Role, SendMessage, SetRole, TransferOwnership, UserId,
};

use crate::history::{Outcome, Reading, Send};
use crate::replica::Replica;
use crate::world::World;

/// How often an unknown outcome is asked for again.
pub(crate) const TRIES: u32 = 6;
/// An attempt takes at most so long before the device gives it up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// One device of one user.
pub struct Device {
    pub world: Arc<World>,
    pub replica: Replica,
    /// Its number, for names.
    pub number: usize,
    sent: u64,
    /// The engine it is connected to.
    run: u64,
    /// The node it is connected to.
    home: AtomicUsize,
}

impl Device {
    pub fn new(world: Arc<World>, caller: Caller, number: usize) -> Device {
        let replica = Replica::new(caller, format!("device {number}"));
        Device { world, replica, number, sent: 0, run: 0, home: AtomicUsize::new(number) }
    }

    /// The engine that a request reaches: that of the node it is connected to, another when that one is down, and now and
    /// then another all the same, as behind a load balancer.
    pub(crate) fn engine(&self) -> (Engine, u64) {
        let nodes = &self.world.nodes;
        if nodes.count() == 1 {
            return nodes.at(0);
        }
        if !nodes.is_up(self.home.load(Ordering::Relaxed)) || self.world.dice.per_mille(15) {
            self.home.store(nodes.any(), Ordering::Relaxed);
        }
        let other = self.world.dice.per_mille(100);
        nodes.at(if other { nodes.any() } else { self.home.load(Ordering::Relaxed) })
    }

    /// The engine of the node it is connected to, or connects to now.
    fn home(&self) -> (Engine, u64) {
        let nodes = &self.world.nodes;
        if !nodes.is_up(self.home.load(Ordering::Relaxed)) {
            self.home.store(nodes.any(), Ordering::Relaxed);
        }
        nodes.at(self.home.load(Ordering::Relaxed))
    }

    /// Lives for so many steps.
    pub async fn live(&mut self, steps: u64) {
        for _ in 0..steps {
            self.attend().await;
            self.step().await;
            // Mostly busy, sometimes away long enough for an owner to tidy up or retire.
            let pause_ms = match self.world.dice.below(100) {
                0..=79 => self.world.dice.between(1, 60),
                80..=96 => self.world.dice.between(60, 900),
                _ => self.world.dice.between(900, 8_000),
            };
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
    }

    /// Connects if the engine is a new one, and takes in what was pushed.
    pub async fn attend(&mut self) {
        let (engine, run) = self.home();
        if run != self.run {
            self.run = run;
            self.replica.connect(&engine);
            if self.replica.sync(&engine, &self.world.history).await.is_err() {
                self.run = 0;
            }
        }
        // A failure here is a crash in between: the next turn connects anew.
        if self.replica.listen(&engine, &self.world.history).await.is_err() {
            self.run = 0;
        }
    }

    async fn step(&mut self) {
        let dice = &self.world.dice;
        match dice.below(100) {
            0..=45 => self.send().await,
            46 => self.set_disappearing().await,
            47 => self.ask().await,
            48..=49 => self.vote().await,
            50..=52 => self.recall().await,
            53..=56 => self.edit().await,
            57..=60 => self.like().await,
            61..=64 => self.repeat().await,
            65..=74 => self.mark_read().await,
            75..=79 => self.look_back().await,
            80 => self.settle_own().await,
            81 => self.schedule().await,
            82..=85 => {
                let (engine, _) = self.engine();
                if self.replica.sync(&engine, &self.world.history).await.is_err() {
                    self.run = 0;
                }
            }
            86..=87 => self.create_group().await,
            88..=91 => self.govern().await,
            92..=94 => self.relate().await,
            _ => self.change_members().await,
        }
    }

    pub(crate) fn me(&self) -> Caller {
        self.replica.caller
    }

    pub(crate) fn any_conversation(&self) -> Option<ConversationId> {
        let dice = &self.world.dice;
        let groups = self.world.groups();
        if dice.per_mille(500) && !groups.is_empty() {
            return dice.pick(&groups).copied();
        }
        dice.pick(&self.world.users).map(|peer| ConversationId::direct(self.me().user, *peer))
    }

    async fn send(&mut self) {
        if let Some(conversation) = self.any_conversation() {
            self.say(conversation, TRIES).await;
        }
    }

    /// Sends until the outcome is known, or so often.
    pub async fn say(&mut self, conversation: ConversationId, tries: u32) {
        self.sent += 1;
        let client_message_id = format!("m{}-{}", self.number, self.sent);
        let text = format!("{client_message_id} {}", self.world.dice.below(1_000_000));
        let invoked = self.world.history.tick();
        let place = self.world.history.send(Send {
            sender: self.me().user,
            conversation,
            client_message_id: client_message_id.clone(),
            text: text.clone(),
            invoked,
            ended: u64::MAX,
            outcome: Outcome::Unknown,
        });
        let input = SendMessage::text(conversation, client_message_id, text);
        let outcome = self.insist(input, tries).await;
        self.world.history.ended(place, outcome);
    }

    /// Sends until the outcome is known or patience ends.
    pub(crate) async fn insist(&self, input: SendMessage, tries: u32) -> Outcome {
        let mut doubtful = false;
        for _ in 0..tries {
            let (engine, _) = self.engine();
            match self.attempt(&engine, input.clone()).await {
                Outcome::Ok(index) => return Outcome::Ok(index),
                Outcome::Failed(Some(code)) if !doubtful => return Outcome::Failed(Some(code)),
                Outcome::Failed(_) => {}
                Outcome::Unknown => doubtful = true,
            }
            tokio::time::sleep(Duration::from_millis(self.world.dice.between(20, 700))).await;
        }
        if doubtful { Outcome::Unknown } else { Outcome::Failed(None) }
    }

    async fn attempt(&self, engine: &Engine, input: SendMessage) -> Outcome {
        let conversation = input.conversation_id;
        let sending = async { engine.send_message(self.me(), input).await?.await };
        match tokio::time::timeout(PATIENCE, sending).await {
            Ok(Ok(accepted)) => {
                if self.world.dice.per_mille(200) {
                    let looking = self.look_for(engine, conversation, accepted.index);
                    _ = tokio::time::timeout(PATIENCE, looking).await;
                }
                Outcome::Ok(accepted.index)
            }
            Ok(Err(error)) => outcome_of(&error),
            Err(_) => Outcome::Unknown,
        }
    }

    /// Who was answered finds it in the list, at the node that gave the answer.
    async fn look_for(&self, engine: &Engine, conversation: ConversationId, index: u64) {
        let (world, me) = (&self.world, self.me().user);
        // Whoever blocks the other side, or takes the conversation off the list, does not find it there.
        let Some(peer) = conversation.peer_of(me) else { return };
        let may_be_away = || {
            world.history.tried_blocks().contains(&(me, peer))
                || world.lock_deleted().contains(&(me, conversation))
        };
        let input = ListConversations { limit: Some(200), ..ListConversations::default() };
        let Ok(page) = engine.list_conversations(self.me(), input).await else { return };
        let row = page.conversations.iter().find(|row| row.conversation_id == conversation);
        let head = row.map_or(0, |row| row.head);
        if head < index && !may_be_away() {
            let wrong = format!("not listed: {index} of {conversation} was answered, the list has {head}");
            world.history.violation(wrong);
        }
    }

    /// Repeats an acknowledged send: the same payload gets the same index, another payload a refusal.
    async fn repeat(&self) {
        let acknowledged = self.world.history.acknowledged(self.me().user);
        let Some(send) = self.world.dice.pick(&acknowledged) else { return };
        let other = self.world.dice.per_mille(300);
        let text = if other { format!("{} changed", send.text) } else { send.text.clone() };
        let input = SendMessage::text(send.conversation, send.client_message_id.clone(), text);
        let (engine, _) = self.engine();
        let outcome = self.attempt(&engine, input).await;
        let history = &self.world.history;
        history.note(&format!("repeat {} {outcome:?}", send.client_message_id));
        match outcome {
            Outcome::Ok(index) if other || send.outcome != Outcome::Ok(index) => {
                let id = &send.client_message_id;
                history.violation(format!("duplicate: a repeat of {id} ({:?}) got {index}", send.outcome));
            }
            Outcome::Failed(Some(ErrorCode::RetryKeyReused)) if !other => {
                history.violation(format!("a true repeat of {} was refused", send.client_message_id));
            }
            _ => {}
        }
    }

    async fn mark_read(&self) {
        let Some(conversation) = self.any_conversation() else { return };
        let history = &self.world.history;
        let invoked = history.tick();
        let input = MarkRead { conversation_id: conversation, index: self.world.dice.below(40) };
        let (engine, _) = self.engine();
        if let Ok(state) = engine.mark_read(self.me(), input).await {
            let of = format!("read index of {} in {conversation}", self.me().user);
            history.read(Reading { of, invoked, ended: history.tick(), value: state.read_index });
        }
    }

    /// Reads a page anywhere: it must be whole.
    async fn look_back(&self) {
        let Some(conversation_id) = self.any_conversation() else { return };
        let dice = &self.world.dice;
        let input = GetHistory {
            conversation_id,
            after: dice.per_mille(500).then(|| dice.below(30)),
            before: dice.per_mille(500).then(|| dice.below(60)),
            limit: Some(dice.between(1, 20) as u32),
        };
        let (engine, _) = self.engine();
        let invoked = self.world.history.tick();
        let before_ms = self.world.now_ms();
        if let Ok(page) = engine.get_history(self.me(), input).await {
            self.world.history.shown(conversation_id, &page.entries, invoked);
            let now_ms = before_ms.min(self.world.now_ms());
            self.world.history.in_time(conversation_id, &page.entries, now_ms);
            for entry in &page.entries {
                self.world.history.heard(self.me().user, conversation_id, entry);
            }
            let reached = self.world.history.reached(conversation_id, invoked);
            // Who has blocked the other side is shown no more than there was then.
            if matches!(conversation_id, ConversationId::Group(_)) && page.head < reached {
                let wrong = format!("stale: {conversation_id} goes to {}, had gone to {reached}", page.head);
                self.world.history.violation(wrong);
            }
            let whole = page.entries.iter().map(|entry| entry.index).eq(page.from..=page.to);
            let visible = page.entries.iter().all(|entry| entry.index >= page.visible_from);
            if !whole || !visible {
                self.world.history.violation(format!("a page of {conversation_id} has a hole: {page:?}"));
            }
        }
    }

    async fn create_group(&self) {
        let dice = &self.world.dice;
        let users = &self.world.users;
        let member_ids: Vec<UserId> = users.iter().copied().filter(|_| dice.per_mille(500)).collect();
        let input = CreateGroup {
            name: format!("group {}", dice.below(100)),
            member_ids,
            client_message_id: format!("g{}-{}", self.number, dice.below(1_000_000)),
            kind: None,
        };
        let (engine, _) = self.engine();
        let first = engine.create_group(self.me(), input.clone()).await;
        // As after a lost answer: the second try must be the same group.
        let (engine, _) = self.engine();
        let second = engine.create_group(self.me(), input).await;
        if let (Ok(first), Ok(second)) = (&first, &second)
            && first.conversation_id != second.conversation_id
        {
            self.world.history.violation("a repeated creation made a second group".to_owned());
        }
        if let Ok(group) = second {
            self.world.add_group(group.conversation_id, self.me().user);
        }
    }

    /// Changes who is in a group. Its keeper stays, so that somebody can read the whole log in the end.
    async fn change_members(&self) {
        let dice = &self.world.dice;
        let groups = self.world.groups();
        let Some(group) = dice.pick(&groups).copied() else { return };
        let Some(user) = dice.pick(&self.world.users).copied() else { return };
        let (engine, me) = (self.engine().0, self.me());
        let keeper = self.world.keeper(group);
        let result = match dice.below(6) {
            0 | 1 => {
                engine.add_members(me, AddMembers { conversation_id: group, user_ids: vec![user] }).await
            }
            2 | 3 if Some(user) != keeper => {
                engine.remove_member(me, RemoveMember { conversation_id: group, user_id: user }).await
            }
            4 if Some(me.user) != keeper => {
                engine.leave_conversation(me, LeaveConversation { conversation_id: group }).await
            }
            5 if dice.per_mille(500) => {
                engine
                    .transfer_ownership(me, TransferOwnership { conversation_id: group, user_id: user })
                    .await
            }
            _ => {
                let role = if dice.per_mille(700) { Role::Admin } else { Role::Member };
                engine.set_role(me, SetRole { conversation_id: group, user_id: user, role }).await
            }
        };
        self.world.history.note(&format!("members {:?}", result.map_err(|error| outcome_of(&error))));
    }
}

/// What an error says about the attempt.
pub(crate) fn outcome_of(error: &Error) -> Outcome {
    match error {
        Error::Rejected(rejection) => Outcome::Failed(Some(rejection.code())),
        Error::Busy | Error::Store(parlance_store::Error::Full) => Outcome::Failed(None),
        // In a crash of the store the write may have reached the disk all the same.
        Error::Unknown | Error::Store(_) => Outcome::Unknown,
    }
}

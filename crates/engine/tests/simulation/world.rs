//! The world of a simulation: one node or several over a store that survives them, people, and a nemesis.
//! Time is tokio's paused clock; the time of day is that, plus jumps of up to an hour either way.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures_util::future::join_all;
use parlance_engine::{Account, Caller, Clock, Engine, Error, NewUser};
use parlance_proto::{ConversationId, Entry, GetHistory, UserId};
use parlance_store::memory::MemoryOptions;
use tokio::time::Instant;

use crate::checker::{Logs, check};
use crate::compare::compare;
use crate::device::{Device, PATIENCE, TRIES};
use crate::dice::Dice;
use crate::expiry::erased;
use crate::history::History;
use crate::nodes::Nodes;
use crate::people::{check_people, unblock_all};

/// A fault of the harness or of the engine, put in on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    #[cfg(feature = "planted")]
    AckBeforeSync,
    #[cfg(feature = "planted")]
    PushWithoutGapCheck,
    #[cfg(feature = "planted")]
    Engine(parlance_engine::Planted),
}

#[cfg(feature = "planted")]
impl Fault {
    /// Every planted bug that simulation must catch.
    pub const PLANTED: [Fault; 18] = [
        Fault::AckBeforeSync,
        Fault::PushWithoutGapCheck,
        Fault::Engine(parlance_engine::Planted::RetryKeyLost),
        Fault::Engine(parlance_engine::Planted::IndexBeforeGuard),
        Fault::Engine(parlance_engine::Planted::MarkRemovedEarly),
        Fault::Engine(parlance_engine::Planted::InboxEntrySkipped),
        Fault::Engine(parlance_engine::Planted::CursorBack),
        Fault::Engine(parlance_engine::Planted::RecallForgotten),
        Fault::Engine(parlance_engine::Planted::BlockForgotten),
        Fault::Engine(parlance_engine::Planted::VoteCountedTwice),
        Fault::Engine(parlance_engine::Planted::ExpiryForgotten),
        Fault::Engine(parlance_engine::Planted::StaleOwner),
        Fault::Engine(parlance_engine::Planted::StaleRead),
        Fault::Engine(parlance_engine::Planted::ForeignMarkRemoved),
        Fault::Engine(parlance_engine::Planted::DoubtForgotten),
        Fault::Engine(parlance_engine::Planted::RepeatUnnoted),
        Fault::Engine(parlance_engine::Planted::ForwardKeyLost),
        Fault::Engine(parlance_engine::Planted::AnswersMixedUp),
    ];

    /// Over how many nodes it shows.
    pub fn nodes(self) -> usize {
        use parlance_engine::Planted::{
            AnswersMixedUp, ForeignMarkRemoved, ForwardKeyLost, RepeatUnnoted, StaleOwner, StaleRead,
        };
        match self {
            Fault::Engine(
                StaleOwner | StaleRead | ForeignMarkRemoved | ForwardKeyLost | AnswersMixedUp | RepeatUnnoted,
            ) => 3,
            _ => 1,
        }
    }
}

/// What a simulation came to.
#[derive(Clone, Debug, Default)]
pub struct Run {
    pub violations: Vec<String>,
    pub trace: u64,
    pub operations: u64,
    pub acknowledged: u64,
    pub crashes: u64,
    pub forwards: u64,
    pub entries: u64,
}

impl Run {
    pub fn add(&mut self, other: &Run) {
        self.operations += other.operations;
        self.acknowledged += other.acknowledged;
        self.crashes += other.crashes;
        self.forwards += other.forwards;
        self.entries += other.entries;
    }
}

/// People, who have this many devices each beside one that has two.
const USERS: usize = 5;
/// What a device does before it rests.
const STEPS: u64 = 70;
/// In the end, everybody has everything within this time.
const HEALED: Duration = Duration::from_secs(90);

/// When the last words come through: after the last try, and before their owner is quiet. And how long it is quiet then.
const LATE_MS: u64 = 2_000;
const QUIET: Duration = Duration::from_secs(5);

/// In the end the clock is so far ahead that everything scheduled is due, and is done within so long: also what comes first
/// at a node that is gone, in the view of one that hears nobody.
const LATER_MS: i64 = 6 * 3_600_000;
const DUE: Duration = Duration::from_secs(40);

/// A time of day that jumps.
pub struct SimClock {
    started: Instant,
    jump_ms: AtomicI64,
}

impl Clock for SimClock {
    fn now_ms(&self) -> i64 {
        1_760_000_000_000 + self.started.elapsed().as_millis() as i64 + self.jump_ms.load(Ordering::Relaxed)
    }
}

/// Everything the people share.
pub struct World {
    pub dice: Arc<Dice>,
    pub history: History,
    pub users: Vec<UserId>,
    pub nodes: Nodes,
    clock: Arc<SimClock>,
    /// Groups, each with the member who stays.
    groups: Mutex<Vec<(ConversationId, UserId)>>,
    /// Links into groups.
    links: Mutex<Vec<String>>,
    /// Who took which conversation off the own list, or tried to.
    deleted: Mutex<BTreeSet<(UserId, ConversationId)>>,
}

impl World {
    /// An engine as a client would reach it now, and which it is.
    pub fn engine(&self) -> (Engine, u64) {
        self.nodes.at(self.nodes.any())
    }

    pub fn groups(&self) -> Vec<ConversationId> {
        lock(&self.groups).iter().map(|(group, _)| *group).collect()
    }

    pub fn keeper(&self, group: ConversationId) -> Option<UserId> {
        lock(&self.groups).iter().find(|(other, _)| *other == group).map(|(_, keeper)| *keeper)
    }

    pub fn add_group(&self, group: ConversationId, keeper: UserId) {
        lock(&self.groups).push((group, keeper));
    }

    pub fn lock_deleted(&self) -> std::sync::MutexGuard<'_, BTreeSet<(UserId, ConversationId)>> {
        lock(&self.deleted)
    }

    pub fn lock_links(&self) -> std::sync::MutexGuard<'_, Vec<String>> {
        lock(&self.links)
    }

    /// The time of day, as the engine sees it.
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// Crashes the engine now and then, sometimes while it recovers, and moves the clock about; of several nodes each has
    /// troubles of its own.
    async fn nemesis(self: Arc<World>) {
        let alone = self.nodes.count() == 1;
        loop {
            let pause_ms = if alone { self.dice.between(100, 3_000) } else { self.dice.between(50, 1_000) };
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
            let jump_ms = self.dice.below(7_200_000) as i64 - 3_600_000;
            self.clock.jump_ms.store(jump_ms, Ordering::Relaxed);
            if self.dice.per_mille(50) {
                self.nodes.stall(self.dice.between(100, 4_000));
            }
            if !alone {
                self.nodes.happen().await;
                continue;
            }
            self.nodes.crash(0);
            tokio::time::sleep(Duration::from_millis(self.dice.between(1, 200))).await;
            self.nodes.restart(0);
            if self.dice.per_mille(200) {
                tokio::time::sleep(Duration::from_millis(self.dice.between(1, 30))).await;
                self.nodes.crash(0);
                self.nodes.restart(0);
            }
        }
    }
}

/// Runs one seed.
pub fn simulate(seed: u64, nodes: usize, fault: Fault) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.expect("a runtime").block_on(run(seed, nodes, fault))
}

async fn run(seed: u64, nodes: usize, fault: Fault) -> Run {
    let (world, mut devices) = people(seed, nodes, fault).await;
    let nemesis = tokio::spawn(Arc::clone(&world).nemesis());
    let mut living = tokio::task::JoinSet::new();
    for mut device in devices.drain(..) {
        living.spawn(async move {
            device.live(STEPS).await;
            device
        });
    }
    while let Some(device) = living.join_next().await {
        devices.push(device.expect("a device does not panic"));
    }
    devices.sort_by_key(|device| device.number);
    nemesis.abort();
    let _ = nemesis.await;
    if world.dice.per_mille(300) {
        last_words(&world, &mut devices).await;
    }
    world.nodes.heal();
    let healed = tokio::time::timeout(HEALED, heal(&world, &mut devices)).await;
    let logs = healed.unwrap_or_else(|_| {
        world.history.violation("not healed in time".to_owned());
        Logs::new()
    });
    let closed = world.history.close();
    let mut violations = if logs.is_empty() { closed.violations.clone() } else { check(&closed, &logs) };
    // What the store prints of itself is every row it has.
    let kept = world.nodes.print();
    for text in erased(&closed, &logs).into_iter().filter(|text| kept.contains(text)) {
        violations.push(format!("its time was up, and the store still has it: {text}"));
    }
    let acknowledged =
        closed.sends.iter().filter(|send| matches!(send.outcome, crate::history::Outcome::Ok(_)));
    let run = Run {
        violations,
        trace: closed.trace,
        operations: closed.operations,
        acknowledged: acknowledged.count() as u64,
        crashes: world.nodes.crashes(),
        forwards: world.nodes.forwards(),
        entries: logs.values().map(|log| log.len() as u64).sum(),
    };
    world.nodes.end();
    run
}

/// Everybody says something, and then something that nobody is told the outcome of, and nobody asks again: it comes through
/// after the tries are over, and nothing is said after that.
async fn last_words(world: &Arc<World>, devices: &mut [Device]) {
    let said: Vec<_> = devices.iter().map(Device::any_conversation).collect();
    say_all(devices, &said, TRIES).await;
    // Everybody has seen what was said before: whoever reads a log finds what has come through, and would hide it.
    for device in devices.iter_mut() {
        let (engine, _) = world.engine();
        _ = tokio::time::timeout(PATIENCE, device.replica.sync(&engine, &world.history)).await;
    }
    world.nodes.stall(LATE_MS);
    say_all(devices, &said, 1).await;
    tokio::time::sleep(QUIET).await;
}

async fn say_all(devices: &mut [Device], said: &[Option<ConversationId>], tries: u32) {
    let speaking = devices.iter_mut().zip(said);
    join_all(speaking.filter_map(|(device, to)| Some(device.say((*to)?, tries)))).await;
}

async fn people(seed: u64, nodes: usize, fault: Fault) -> (Arc<World>, Vec<Device>) {
    let dice = Arc::new(Dice::new(seed));
    let clock = Arc::new(SimClock { started: Instant::now(), jump_ms: AtomicI64::new(0) });
    let time = Arc::clone(&clock);
    let options = MemoryOptions {
        seed,
        sync_delay: (Duration::from_micros(100), Duration::from_millis(8)),
        read_delay: (Duration::ZERO, Duration::from_micros(500)),
        unknown: 0.02,
        full: 0.01,
        clock: parlance_store::Clock::new(move || time.now_ms()),
        ..MemoryOptions::default()
    };
    #[cfg(feature = "planted")]
    let options = MemoryOptions {
        planted: (fault == Fault::AckBeforeSync).then_some(parlance_store::Planted::AckBeforeSync),
        ..options
    };
    let nodes = Nodes::start(nodes, options, &clock, (&dice, fault));
    let (engine, _) = nodes.at(0);
    let mut callers = Vec::new();
    for number in 0..USERS {
        let account = insist(|| register(&engine, format!("user{number}")));
        let user = account.await.user.user_id;
        for device in 0..if number == 0 { 2 } else { 1 } {
            let token = [(number * 2 + device) as u8; 32];
            let session = insist(|| engine.open_session(user, "phone", token)).await;
            callers.push(Caller { user, session });
        }
    }
    let mut users: Vec<UserId> = callers.iter().map(|caller| caller.user).collect();
    users.dedup();
    let world = Arc::new(World {
        dice,
        history: History::default(),
        users,
        nodes,
        clock,
        groups: Mutex::default(),
        links: Mutex::default(),
        deleted: Mutex::default(),
    });
    let numbered = callers.into_iter().enumerate();
    let mut devices: Vec<Device> =
        numbered.map(|(number, caller)| Device::new(Arc::clone(&world), caller, number)).collect();
    #[cfg(feature = "planted")]
    for device in &mut devices {
        device.replica.ignores_gaps = fault == Fault::PushWithoutGapCheck;
    }
    devices.iter_mut().for_each(|device| device.replica.disconnect());
    (world, devices)
}

/// Makes a user, or finds the one that an earlier try made.
async fn register(engine: &Engine, username: String) -> Result<Account, Error> {
    match engine.account_named(&username).await? {
        Some(account) => Ok(account),
        None => {
            engine.create_user(NewUser { username, display_name: None, password_hash: String::new() }).await
        }
    }
}

/// Repeats a call that a simulated fault may refuse.
pub async fn insist<T, F: Future<Output = Result<T, Error>>>(call: impl Fn() -> F) -> T {
    for _ in 0..100 {
        match call().await {
            Ok(done) => return done,
            Err(Error::Rejected(rejection)) => panic!("{rejection}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    panic!("the store refuses for ever")
}

/// Lets everybody catch up, reads the logs, and compares what everybody holds with them.
async fn heal(world: &Arc<World>, devices: &mut [Device]) -> Logs {
    unblock_all(world).await;
    // What was scheduled is due now, and nothing comes of itself afterwards.
    world.clock.jump_ms.store(LATER_MS, Ordering::Relaxed);
    tokio::time::sleep(DUE).await;
    for device in devices.iter_mut() {
        device.attend().await;
        let (engine, _) = world.engine();
        while device.replica.sync(&engine, &world.history).await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }
    // Only now: reading a log mends what a crash left of it, and would hide that nobody was told.
    let logs = read_logs(world).await;
    for device in devices.iter() {
        let (engine, _) = world.engine();
        compare(world, &engine, device, &logs).await;
    }
    check_people(world, devices).await;
    logs
}

async fn read_logs(world: &World) -> Logs {
    let mut logs = Logs::new();
    for (number, one) in world.users.iter().enumerate() {
        for other in &world.users[number..] {
            read_log(world, *one, ConversationId::direct(*one, *other), &mut logs).await;
        }
    }
    let groups = lock(&world.groups).clone();
    for (group, keeper) in groups {
        read_log(world, keeper, group, &mut logs).await;
    }
    logs
}

async fn read_log(world: &World, user: UserId, conversation: ConversationId, logs: &mut Logs) {
    let (engine, _) = world.engine();
    let caller = Caller { user, session: parlance_proto::SessionId(0) };
    let mut log: Vec<Entry> = Vec::new();
    loop {
        let after = Some(log.last().map_or(0, |entry| entry.index));
        let input = GetHistory { conversation_id: conversation, after, before: None, limit: Some(200) };
        let page = match engine.get_history(caller, input).await {
            Ok(page) => page,
            Err(error) => {
                let lost = format!("lost: {user} cannot read {conversation} any more: {error}");
                return world.history.violation(lost);
            }
        };
        log.extend(page.entries);
        if log.last().map_or(0, |entry| entry.index) >= page.head {
            break;
        }
    }
    logs.insert(conversation, log);
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! A server for tests: an engine over a store in memory that can be stopped, crashed, filled and made to stammer.
//!
//! Tests act through `Device`, which is one person's session; nothing here reaches into the engine.

mod device;
mod gate;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use bytes::Bytes;
use parlance_bus::{Bus, Local};
use parlance_engine::{Caller, Chance, Clock, Engine, Hint, NewUser, Options, Parts};
use parlance_proto::{ConversationId, Encoding, Event, frame};
use parlance_store::{Memory, MemoryOptions};

pub use device::{Device, Heard, refusal, text_of};
pub use gate::Gate;

/// The time at which every test starts, milliseconds since 1970.
const START_MS: i64 = 1_760_000_000_000;

/// A clock that stands until it is set. Each look is a millisecond later, so that no two things have the same time, unless
/// a test wants just that.
#[derive(Default)]
pub struct HandClock {
    passed_ms: AtomicI64,
    stands: AtomicBool,
}

impl HandClock {
    pub fn pass(&self, ms: i64) {
        self.passed_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Whether all looks are at the same time from now on.
    pub fn stand(&self, stands: bool) {
        self.stands.store(stands, Ordering::Relaxed);
    }

    fn look(&self) -> i64 {
        START_MS + self.passed_ms.load(Ordering::Relaxed)
    }
}

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        let step = i64::from(!self.stands.load(Ordering::Relaxed));
        START_MS + self.passed_ms.fetch_add(step, Ordering::Relaxed)
    }
}

/// Numbers from a seed (SplitMix64).
pub struct Seeded(AtomicU64);

impl Seeded {
    pub fn new(seed: u64) -> Seeded {
        Seeded(AtomicU64::new(seed))
    }

    /// A number below `limit`.
    pub fn below(&self, limit: u64) -> u64 {
        self.next_u64() % limit
    }
}

impl Chance for Seeded {
    fn next_u64(&self) -> u64 {
        let state = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn encode(slot: usize, event: &Event) -> Bytes {
    frame::encode_event(Encoding::ALL[slot], event).into()
}

/// A server.
pub struct Server {
    pub engine: Engine,
    pub store: Arc<Gate>,
    pub clock: Arc<HandClock>,
    options: Options,
    chance: Arc<Seeded>,
}

impl Server {
    /// A new server with the engine's own settings.
    pub fn start() -> Server {
        Server::with(Options::default())
    }

    /// A new server that does derived work only when somebody waits for it.
    pub fn lazy() -> Server {
        let never = 100_000_000;
        Server::with(Options { flush_ms: never, tidy_ms: never, stop_patience_ms: 0, ..Options::default() })
    }

    pub fn with(options: Options) -> Server {
        let clock = Arc::new(HandClock::default());
        let chance = Arc::new(Seeded::new(7));
        let looked_at = Arc::clone(&clock);
        let clock_of_store = parlance_store::Clock::new(move || looked_at.look());
        let memory = Memory::new(MemoryOptions { clock: clock_of_store, ..MemoryOptions::default() });
        let store = Arc::new(Gate::new(memory));
        let engine = engine(&store, &clock, &chance, &options);
        Server { engine, store, clock, options, chance }
    }

    /// Stops in order and starts again.
    pub async fn restart(&mut self) {
        self.engine.stop().await;
        self.start_again();
    }

    /// Loses power and starts again.
    pub fn crash(&mut self) {
        self.engine.crash();
        self.start_again();
    }

    /// Starts again after a crash with other settings.
    pub fn crash_into(&mut self, options: Options) {
        self.options = options;
        self.crash();
    }

    fn start_again(&mut self) {
        self.store = Arc::new(self.store.reopen());
        self.engine = engine(&self.store, &self.clock, &self.chance, &self.options);
    }

    /// Another engine on the same store, which does not know of the first.
    pub fn rival(&self) -> Engine {
        self.rival_with(&self.options)
    }

    pub fn rival_with(&self, options: &Options) -> Engine {
        engine(&self.store, &self.clock, &self.chance, options)
    }

    /// Another engine on the same store, with a way to others.
    pub fn fellow(&self, bus: Arc<dyn Bus<Hint>>, options: &Options) -> Engine {
        engine_on(bus, (&self.store, &self.clock, &self.chance), options)
    }

    /// A new user, signed in on a first device.
    pub async fn user(&self, name: &str) -> Device {
        let new = NewUser { username: name.to_owned(), display_name: None, password_hash: "hash".to_owned() };
        let user = self.engine.create_user(new).await.unwrap().user.user_id;
        self.device(user).await
    }

    /// One more device of a user.
    pub async fn device(&self, user: parlance_proto::UserId) -> Device {
        let mut token = [0; 32];
        token[..8].copy_from_slice(&self.chance.next_u64().to_be_bytes());
        let session = self.engine.open_session(user, "Test", token).await.unwrap();
        Device::new(self.engine.clone(), Caller { user, session }, token)
    }

    /// The same device on the engine that runs now.
    pub fn again(&self, device: &Device) -> Device {
        Device::new(self.engine.clone(), device.caller, device.token)
    }

    /// So many new users, by name.
    pub async fn users<const N: usize>(&self, names: [&str; N]) -> [Device; N] {
        let mut devices = Vec::with_capacity(N);
        for name in names {
            devices.push(self.user(name).await);
        }
        devices.try_into().unwrap_or_else(|_| unreachable!())
    }

    /// A group of `owner` with as many members as asked, the owner counted, and some of them signed in.
    pub async fn crowd(&self, owner: &Device, size: usize) -> (ConversationId, Vec<Device>) {
        let mut members = Vec::with_capacity(size);
        for number in 1..size {
            members.push(self.user(&format!("member{number}")).await);
        }
        let group = owner.group("Crowd", &[]).await;
        for some in members.chunks(100) {
            owner.add(group, &some.iter().collect::<Vec<_>>()).await;
        }
        (group, members)
    }
}

fn engine(store: &Arc<Gate>, clock: &Arc<HandClock>, chance: &Arc<Seeded>, options: &Options) -> Engine {
    engine_on(Arc::new(Local::default()), (store, clock, chance), options)
}

fn engine_on(
    bus: Arc<dyn Bus<Hint>>,
    (store, clock, chance): (&Arc<Gate>, &Arc<HandClock>, &Arc<Seeded>),
    options: &Options,
) -> Engine {
    let parts = Parts {
        store: Arc::clone(store) as _,
        bus,
        clock: Arc::clone(clock) as _,
        chance: Arc::clone(chance) as _,
        encode,
    };
    Engine::start(parts, options.clone())
}

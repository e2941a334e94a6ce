//! What the parts of the engine share: the seams to the world, the tables, the counters.
//!
//! It decides nothing and orders nothing: each field has its own room, and this is where they meet.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use bytes::Bytes;
use parlance_bus::{Bus, Handler, Subscription};
use parlance_domain::{Conversation, Rules};
use parlance_proto::{ConversationId, ConversationKind};
use parlance_store::{Bound, Durability, Level, Range, Row, RowKey, Store, Token, Write};
use tokio::sync::mpsc;

use crate::cases::people::Typing;
use crate::everybody::Everybody;
use crate::fellows::{self, Fellows};
use crate::follow::{Inbox, Lane};
use crate::holds::Holds;
use crate::hub::{Hint, Hub, Live, To, Travelling};
use crate::known::Known;
use crate::linked::Links;
use crate::owner::Owners;
use crate::placement::{self, Lanes, Placement};
use crate::presence::Presence;
use crate::receipts::Receipts;
use crate::tasks::Tasks;
use crate::timers::Timers;
use crate::turns::Together;
use crate::{Chance, Clock, Error, Options, Parts, Settings, audit};

/// The subject on which nodes hear live pushes for their sessions.
const LIVE: &str = "live";

/// The shared middle of the engine.
pub(crate) struct Node {
    pub store: Arc<dyn Store>,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub options: Options,
    /// Drawn at start; tells this run's tokens and dirty marks from those before a crash.
    pub incarnation: u64,
    pub hub: Arc<Hub>,
    /// The other nodes, and who is connected to them.
    pub fellows: Fellows,
    /// Which of them comes first with what.
    pub placement: Placement,
    /// Sends on their way to them.
    pub lanes: Lanes,
    pub owners: Owners,
    pub inbox: Inbox,
    pub lane: Arc<Lane>,
    /// How far members got.
    pub receipts: Receipts,
    pub timers: Timers,
    /// What is kept for the law.
    pub holds: Holds,
    /// Who is there, and who watches.
    pub presence: Presence,
    /// What everybody is to be told.
    pub everybody: Everybody,
    /// When typing was last told.
    pub typing: Arc<Typing>,
    pub tasks: Tasks,
    /// Who makes cards of links.
    pub links: Links,
    /// What is remembered of users and sessions.
    pub known: Known,
    /// Reads of the store that many may ask for at the same time.
    reads: Together<(Range, Level), Arc<[Row]>>,
    /// Whether anybody is known to have registered.
    pub inhabited: AtomicBool,
    /// Where records of the audit log go.
    pub audit: mpsc::Sender<audit::Record>,
    /// What was changed while the server ran, as last read.
    settings: RwLock<Arc<Settings>>,
    bus: Arc<dyn Bus<Hint>>,
    /// Commits named so far.
    commits: AtomicU64,
    /// Keeps this node listening.
    _listening: [Subscription; 4],
}

impl Node {
    pub(crate) fn new(
        parts: Parts,
        options: Options,
        audit: mpsc::Sender<audit::Record>,
        this: &Weak<Node>,
    ) -> Node {
        let hub = Arc::new(Hub::new(parts.encode));
        let (lane, typing) = (Arc::new(Lane::new()), Arc::<Typing>::default());
        let live = listen(&hub, &lane, &typing);
        let incarnation = parts.chance.next_u64();
        let (placement, timers) = (Placement::new(options.roles), Timers::new(options.roles.worker));
        let own = Weak::clone(this);
        let listening = [
            parts.bus.respond(
                &placement::subject(incarnation),
                Arc::new(move |hint: &Hint, reply| {
                    if let Some(node) = own.upgrade() {
                        placement::serve(&node, hint, reply);
                    }
                }),
            ),
            parts.bus.subscribe(LIVE, live),
            parts.bus.subscribe(
                fellows::SUBJECT,
                with(this, |node, hint: &Hint| {
                    if let Travelling::Node(word) = &hint.0 {
                        node.fellows.hear(node, word);
                    }
                }),
            ),
            parts.bus.on_loss({
                let lost = with(this, |node, ()| node.fellows.lost());
                Arc::new(move || lost(&()))
            }),
        ];
        Node {
            incarnation,
            store: parts.store,
            clock: parts.clock,
            chance: parts.chance,
            options,
            hub,
            fellows: Fellows::default(),
            placement,
            lanes: Lanes::default(),
            owners: Owners::default(),
            inbox: Inbox::default(),
            lane,
            receipts: Receipts::default(),
            timers,
            holds: Holds::default(),
            presence: Presence::default(),
            everybody: Everybody::default(),
            typing,
            tasks: Tasks::new(),
            links: Links::default(),
            known: Known::default(),
            reads: Together::default(),
            inhabited: AtomicBool::new(false),
            audit,
            settings: RwLock::default(),
            bus: parts.bus,
            commits: AtomicU64::new(0),
            _listening: listening,
        }
    }

    /// A name for a commit that no other commit has, on any node, in any run.
    pub(crate) fn token(&self) -> Token {
        let count = self.commits.fetch_add(1, Ordering::Relaxed);
        let mut token = [0; 16];
        token[..8].copy_from_slice(&self.incarnation.to_be_bytes());
        token[8..].copy_from_slice(&count.to_be_bytes());
        token
    }

    /// The settings as last read.
    pub(crate) fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Goes by these settings from now on; tells whether they are others than before.
    pub(crate) fn set_settings(&self, settings: Settings) -> bool {
        let mut current = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let other = **current != settings;
        if other {
            *current = Arc::new(settings);
        }
        other
    }

    /// The server's settings that the rules of a conversation depend on.
    pub(crate) fn rules_for(&self, conversation: &Conversation) -> Rules {
        Rules {
            keep_ms: self.keep_ms(conversation.id, conversation.kind()),
            group_max_members: self.settings().changed.group_max_members,
            ..self.options.rules.clone()
        }
    }

    /// For how long the server keeps messages of a conversation, in milliseconds; none for ever.
    pub(crate) fn keep_ms(&self, id: ConversationId, kind: ConversationKind) -> Option<u64> {
        let settings = self.settings();
        match settings.kept.get(&id).copied().or_else(|| settings.keep_s(kind)) {
            Some(keep_s) => Some(u64::from(keep_s) * 1_000).filter(|keep_ms| *keep_ms > 0),
            None => self.options.rules.keep_ms,
        }
    }

    /// Writes rows without a guard. Unlike a commit that is refused, what fails here may be there all the same.
    pub(crate) async fn write(&self, writes: Vec<Write>) -> Result<(), Error> {
        self.store.write(writes, Durability::Durable).await.map_err(Error::of_write)
    }

    /// Raises a register; the same holds for it.
    pub(crate) async fn raise(&self, key: RowKey, number: u64, value: Bytes) -> Result<(), Error> {
        self.store.merge_max(key, number, value, Durability::Derived).await.map_err(Error::of_write)
    }

    /// Reads a range that others may be asking for at the same time, before anything of the asker's own comes to it: then it is
    /// read once for all who came before the read began.
    pub(crate) async fn range_for_many(&self, range: Range, level: Level) -> Result<Arc<[Row]>, Error> {
        let read = || async { Ok(self.store.range(range.clone(), level).await?.into()) };
        self.reads.ask((range.clone(), level), read).await
    }

    /// Takes all rows of a range, page by page of its limit.
    pub(crate) async fn each(
        &self,
        range: Range,
        mut take: impl FnMut(&Row) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.any(range, |row| take(row).map(|()| false)).await.map(|_| ())
    }

    /// Whether any row of a range is the one, read page by page of its limit.
    pub(crate) async fn any(
        &self,
        mut range: Range,
        mut is_it: impl FnMut(&Row) -> Result<bool, Error>,
    ) -> Result<bool, Error> {
        loop {
            let page = self.store.range(range.clone(), Level::Serial).await?;
            for row in &page {
                if is_it(row)? {
                    return Ok(true);
                }
            }
            match page.last() {
                Some(last) if page.len() == range.limit => range.from = Bound::Excluded(last.key.clone()),
                _ => return Ok(false),
            }
        }
    }

    /// Tells sessions something; it may get lost.
    pub(crate) fn tell(&self, to: To, live: &Arc<Live>) {
        self.bus.publish(LIVE, &Hint(Travelling::Live(to, Arc::clone(live))));
    }

    /// The way to the other nodes.
    pub(crate) fn bus(&self) -> &dyn Bus<Hint> {
        &*self.bus
    }
}

/// Where live pushes go, wherever they come from.
fn listen(hub: &Arc<Hub>, lane: &Arc<Lane>, typing: &Arc<Typing>) -> Handler<Hint> {
    let (hub, lane, typing) = (Arc::clone(hub), Arc::clone(lane), Arc::clone(typing));
    Arc::new(move |hint: &Hint| {
        let Travelling::Live(to, live) = &hint.0 else { return };
        match to {
            To::Open(conversation) => lane.push(*conversation, live),
            To::Unblocked(conversation, from) => typing.push(*conversation, *from, live),
            _ => hub.deliver(to, live),
        }
    })
}

/// A handler that needs the node, as long as there is one.
fn with<M>(this: &Weak<Node>, act: impl Fn(&Node, &M) + Send + Sync + 'static) -> Handler<M> {
    let this = Weak::clone(this);
    Arc::new(move |message| {
        if let Some(node) = this.upgrade() {
            act(&node, message);
        }
    })
}

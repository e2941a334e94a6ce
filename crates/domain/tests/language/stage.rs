//! The stage: one conversation, its log, who has read how far, and the retry keys used.
//!
//! It does what the engine does around the rules: indexes, ordinals, and folding what was decided.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hasher};

use parlance_domain::{
    Beside, Command, Conversation, Decision, Marks, Membership, OwnView, Progress, Rejection, RetryVerdict,
    Rules, Scene, Target, TargetLikes, decide, farthest, judge_retry, standings, waits,
};
use parlance_proto::{Body, ConversationId, Details, Entry, GroupId, SessionId, UserId};

use super::deeds::{Deed, deed, entry_words, fan_out_word, role_word};
use super::words::text;

/// Names and their ids.
#[derive(Default)]
pub struct People {
    names: Vec<String>,
    ids: HashMap<String, UserId>,
}

impl People {
    /// The id of a person, given out at the first mention.
    pub fn id(&mut self, name: &str) -> UserId {
        *self.ids.entry(name.to_owned()).or_insert_with(|| {
            self.names.push(name.to_owned());
            UserId(self.names.len() as u64)
        })
    }

    pub fn ids(&mut self, names: &[&str]) -> Vec<UserId> {
        names.iter().map(|name| self.id(name)).collect()
    }

    pub fn name(&self, user: UserId) -> &str {
        if user == UserId::SERVER { "nobody" } else { &self.names[user.0 as usize - 1] }
    }

    pub fn names(&self, users: &[UserId]) -> String {
        users.iter().map(|user| self.name(*user)).collect::<Vec<_>>().join(" ")
    }
}

/// What a retry key was used for.
type Use = (u64, [u8; 16]);

pub struct Stage {
    people: People,
    conversation: Conversation,
    log: Vec<Entry>,
    reads: BTreeMap<UserId, Progress>,
    views: BTreeMap<UserId, OwnView>,
    /// The highest index delivered.
    deliveries: BTreeMap<UserId, u64>,
    /// Who does not show the own reading.
    hiding: BTreeSet<UserId>,
    keys: BTreeMap<(UserId, String), Use>,
    /// Milliseconds that passed beside the second that each entry takes.
    waited_ms: i64,
    /// Who likes what with what.
    likes: BTreeSet<(u64, UserId, String)>,
    /// Who chose what in which poll.
    ballots: BTreeMap<(u64, UserId), Vec<u32>>,
}

impl Default for Stage {
    fn default() -> Stage {
        Stage {
            people: People::default(),
            conversation: Conversation::empty(ConversationId::Group(GroupId(1))),
            log: Vec::new(),
            reads: BTreeMap::new(),
            views: BTreeMap::new(),
            deliveries: BTreeMap::new(),
            hiding: BTreeSet::new(),
            keys: BTreeMap::new(),
            waited_ms: 0,
            likes: BTreeSet::new(),
            ballots: BTreeMap::new(),
        }
    }
}

impl Stage {
    /// A line without an outcome that is no expectation.
    pub fn arrange(&mut self, words: &[&str]) -> Result<(), String> {
        match words {
            ["people", names @ ..] => _ = self.people.ids(names),
            ["after", count, unit] => {
                let unit_ms = match *unit {
                    "seconds" => 1_000,
                    "minutes" => 60_000,
                    "hours" => 3_600_000,
                    _ => return Err(format!("{unit} is no unit of time")),
                };
                self.waited_ms += number(count)? as i64 * unit_ms;
            }
            ["direct", one, other] => {
                let id = ConversationId::direct(self.people.id(one), self.people.id(other));
                self.conversation = Conversation::empty(id);
            }
            [who, "reads", "up", "to", index] => {
                let user = self.people.id(who);
                let index = number(index)?.min(self.conversation.head.index);
                let place = index.checked_sub(1).map_or(Progress::default(), |at| Progress {
                    index,
                    ordinal: self.log[at as usize].ordinal,
                });
                let read = self.reads.entry(user).or_default();
                *read = place.max(*read);
            }
            [who, "receives", "up", "to", index] => {
                let (user, index) = (self.people.id(who), number(index)?.min(self.conversation.head.index));
                let delivered = self.deliveries.entry(user).or_default();
                *delivered = index.max(*delivered);
            }
            [who, "hides", "reads"] => _ = self.hiding.insert(self.people.id(who)),
            [who, "shows", "reads"] => _ = self.hiding.remove(&self.people.id(who)),
            [who, "hides", indexes @ ..] => {
                let user = self.people.id(who);
                for index in indexes {
                    let index = number(index)?;
                    let ordinal = self.log[index as usize - 1].ordinal;
                    let view = self.views.entry(user).or_default();
                    view.hide(Progress { index, ordinal }).map_err(|refusal| refusal.to_string())?;
                }
            }
            [who, "clears", "the", "history"] => {
                let user = self.people.id(who);
                self.views.entry(user).or_default().clear(self.conversation.head);
            }
            [who, "brings", "in", others @ ..] => {
                for some in others.chunks(100) {
                    let line = [&[*who, "adds"], some].concat();
                    let happened = self.perform(&line)?;
                    if !happened.starts_with("ok") {
                        return Err(format!("happened: {happened}"));
                    }
                }
            }
            ["everybody", "of", who @ .., "leaves"] => {
                for name in who {
                    self.perform(&[name, "leaves"])?;
                }
            }
            _ => return Err("a deed needs `->` and what comes of it".to_owned()),
        }
        Ok(())
    }

    /// Does a deed; what came of it, in words.
    pub fn perform(&mut self, words: &[&str]) -> Result<String, String> {
        let Deed { actor, command, key } = deed(&mut self.people, words)?;
        let hash = hash(&command);
        if let Some(key) = &key {
            match judge_retry(self.keys.get(&(actor, key.clone())).copied(), &hash) {
                Ok(RetryVerdict::New) => {}
                Ok(RetryVerdict::Repeat(index)) => return Ok(format!("same as {index}")),
                Err(refusal) => return Ok(format!("refused {}: {refusal}", refusal.code().as_str())),
            }
        }
        match self.decide(actor, &command) {
            Ok(decision) if decision.bodies.is_empty() => Ok("nothing to do".to_owned()),
            Ok(Decision { bodies, mut details, rewrite, beside, anonymous }) => {
                let sender = if anonymous { UserId::SERVER } else { actor };
                self.keep(actor, command.target(), beside);
                let steps: Vec<String> =
                    bodies.into_iter().map(|body| self.append(sender, body, details.take())).collect();
                if let (Some(rewrite), Some(target)) = (rewrite, command.target()) {
                    let entry = &mut self.log[target as usize - 1];
                    (entry.body, entry.details) = (rewrite.body, rewrite.details);
                }
                if let Some(key) = key {
                    self.keys.insert((actor, key), (self.conversation.head.index, hash));
                }
                Ok(format!("ok {}", steps.join(" then ")))
            }
            Err(refusal) => Ok(format!("refused {}: {refusal}", refusal.code().as_str())),
        }
    }

    fn decide(&self, actor: UserId, command: &Command) -> Result<Decision, Rejection> {
        let at = command.target().and_then(|target| target.checked_sub(1));
        let target = at.and_then(|at| self.log.get(at as usize)).map(|entry| Target {
            entry: entry.clone(),
            likes: self.likes_of(entry.index, actor),
            ballot: self.ballots.get(&(entry.index, actor)).cloned().unwrap_or_default(),
        });
        let scene = Scene {
            conversation: &self.conversation,
            actor,
            now_ms: self.now_ms(),
            rules: &Rules::default(),
            target: target.as_ref(),
            last_from: self.last_from(),
        };
        decide(scene, command)
    }

    fn likes_of(&self, target: u64, actor: UserId) -> TargetLikes {
        let here = || self.likes.iter().filter(move |(index, ..)| *index == target);
        let kinds: BTreeSet<String> = here().map(|(_, _, emoji)| emoji.clone()).collect();
        let own = here().filter(|(_, user, _)| *user == actor).map(|(_, _, emoji)| emoji.clone());
        TargetLikes { own: own.collect(), kinds: kinds.into_iter().collect() }
    }

    /// Keeps what goes beside the log.
    fn keep(&mut self, actor: UserId, target: Option<u64>, beside: Vec<Beside>) {
        let target = target.unwrap_or_default();
        for one in beside {
            match one {
                Beside::Version | Beside::Mention(_) | Beside::Unmention(_) => {}
                Beside::Like(emoji) => _ = self.likes.insert((target, actor, emoji)),
                Beside::Ballot(options) => _ = self.ballots.insert((target, actor), options),
                Beside::Unlike(emoji) => _ = self.likes.remove(&(target, actor, emoji)),
            }
        }
    }

    /// The first of the last messages that the group shows to newcomers, found by counting.
    fn last_from(&self) -> Option<u64> {
        let count = self.conversation.shows_last()? as usize;
        let messages: Vec<u64> =
            self.log.iter().filter(|entry| entry.body.is_message()).map(|entry| entry.index).collect();
        let after_head = self.conversation.head.index + 1;
        Some(messages.get(messages.len().saturating_sub(count)).copied().unwrap_or(after_head))
    }

    /// The time of the next entry.
    fn now_ms(&self) -> i64 {
        1_000 * (self.conversation.head.index as i64 + 1) + self.waited_ms
    }

    fn append(&mut self, sender: UserId, body: Body, details: Option<Box<Details>>) -> String {
        let Progress { index, ordinal } = self.conversation.head;
        let entry = Entry {
            index: index + 1,
            ordinal: ordinal + u64::from(body.is_message()),
            time_ms: self.now_ms(),
            sender,
            session: SessionId(1),
            client_message_id: None,
            body,
            details,
        };
        self.conversation.apply(&entry);
        let said = entry_words(&self.people, &entry);
        self.log.push(entry);
        said
    }

    /// An expectation.
    pub fn expect(&mut self, words: &[&str]) -> Result<(), String> {
        let state = &self.conversation;
        match words {
            ["members", expected @ ..] => {
                let mut is: Vec<String> = state
                    .members
                    .iter()
                    .map(|(user, place)| format!("{}:{}", self.people.name(*user), role_word(place.role)))
                    .collect();
                let mut expected: Vec<String> = expected.iter().map(|word| (*word).to_owned()).collect();
                is.sort();
                expected.sort();
                same(is, expected)
            }
            [count, "members"] => same(state.members.len() as u64, number(count)?),
            ["name", name] => same(&state.name, &text(name)?),
            ["fan-out", way] => same(fan_out_word(state.fan_out), *way),
            ["log", "of", entries, "with", messages, "messages"] => {
                let messages = number(messages)?;
                same((state.head.index, state.head.ordinal), (number(entries)?, messages))
            }
            ["unread", rest @ ..] => {
                rest.chunks(2).try_for_each(|pair| self.expect_unread(pair[0], pair.get(1).copied()))
            }
            ["message", index, rest @ ..] => self.expect_message(number(index)?, rest),
            [who, "is", "shown", indexes @ ..] => self.expect_shown(who, indexes, true),
            [who, "is", "not", "shown", indexes @ ..] => self.expect_shown(who, indexes, false),
            [who, "is", "told", "of", index, expected @ ..] => {
                let asker = self.people.id(who);
                let told = self.readers(asker, number(index)?);
                same(told, expected.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>())
            }
            ["pins", expected @ ..] => {
                let expected = expected.iter().map(|index| number(index)).collect::<Result<Vec<_>, _>>()?;
                same(state.marks.pins(), expected)
            }
            [who, "goes", "by", name] => {
                let user = self.people.id(who);
                same(state.aliases.get(&user).cloned().unwrap_or_default(), text(name)?)
            }
            ["announcement", said] => {
                same(state.announcement.as_ref().map_or("", |now| now.text.as_str()), text(said)?.as_str())
            }
            ["it", "is", "over"] => same(state.exists(), false),
            [who, "is", "no", "member"] => same(state.member(self.people.id(who)).is_none(), true),
            [who, "sees", "from", index] => {
                let place = state.member(self.people.id(who)).ok_or("is no member")?;
                same(place.visible_from, number(index)?)
            }
            _ => Err("nobody can expect that".to_owned()),
        }
    }

    fn expect_message(&self, index: u64, words: &[&str]) -> Result<(), String> {
        let entry = self.log.get(index as usize - 1).ok_or("there is no such entry")?;
        match words {
            ["is", "gone"] => same(matches!(entry.body, Body::Gone { .. }) && entry.details.is_none(), true),
            ["expires"] => {
                same(entry.details.as_ref().is_some_and(|details| details.expires_ms.is_some()), true)
            }
            ["stays"] => same(entry.details.is_none(), true),
            ["waits", "for", "readers"] => same(waits(entry), true),
            ["says", said] => {
                let Body::Text { text: is } = &entry.body else { return Err("it is no text".to_owned()) };
                same(is, &text(said)?)
            }
            ["counts", expected @ ..] => {
                let counted = |option: usize| {
                    let chose = |(at, of): (&(u64, UserId), &Vec<u32>)| {
                        u64::from(at.0 == index && of.contains(&(option as u32)))
                    };
                    self.ballots.iter().map(chose).sum::<u64>().to_string()
                };
                let counts: Vec<String> = (0..expected.len()).map(counted).collect();
                same(counts, expected.iter().map(|count| (*count).to_owned()).collect::<Vec<_>>())
            }
            ["has", a, "card"] => {
                same(entry.details.as_ref().is_some_and(|details| details.preview.is_some()), *a == "a")
            }
            ["is", "edited"] => {
                same(entry.details.as_ref().is_some_and(|details| details.edited_ms.is_some()), true)
            }
            _ => Err("nobody can expect that of a message".to_owned()),
        }
    }

    fn expect_shown(&mut self, who: &str, indexes: &[&str], shown: bool) -> Result<(), String> {
        let view = self.views.get(&self.people.id(who)).cloned().unwrap_or_default();
        indexes.iter().try_for_each(|index| same(!view.hides(number(index)?), shown))
    }

    /// How the message at `index` stands with each member who was there, as `asker` may know it.
    fn readers(&self, asker: UserId, index: u64) -> Vec<String> {
        let sender = self.log[index as usize - 1].sender;
        let reached = |user: UserId, place: &Membership| {
            let read = self.reads.get(&user).copied().unwrap_or_default().index;
            let delivered = self.deliveries.get(&user).copied().unwrap_or_default();
            let hidden = self.hiding.contains(&user) || self.hiding.contains(&asker);
            Marks { read, delivered }.shown(place, hidden)
        };
        let said = standings(&self.conversation, index, sender, reached).map(|(user, standing)| {
            format!("{}:{}", self.people.name(user), format!("{standing:?}").to_lowercase())
        });
        said.collect()
    }

    fn expect_unread(&mut self, who: &str, expected: Option<&str>) -> Result<(), String> {
        let user = self.people.id(who);
        let place = self.conversation.member(user).ok_or_else(|| format!("{who} is no member"))?;
        let read = self.reads.get(&user).copied().unwrap_or_default();
        let view = self.views.get(&user).cloned().unwrap_or_default();
        let is = view.unread(self.conversation.head.ordinal, farthest(read, place.own, place.joined));
        same(is, number(expected.unwrap_or_default())?).map_err(|wrong| format!("{who}: {wrong}"))
    }
}

fn number(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("{word:?} is no number"))
}

fn same<T: PartialEq<U> + Debug, U: Debug>(is: T, expected: U) -> Result<(), String> {
    if is == expected { Ok(()) } else { Err(format!("is {is:?}, expected {expected:?}")) }
}

/// A stand-in for the engine's hash of what was sent.
fn hash(command: &Command) -> [u8; 16] {
    let mut hasher = DefaultHasher::new();
    hasher.write(format!("{command:?}").as_bytes());
    let mut hash = [0; 16];
    hash[..8].copy_from_slice(&hasher.finish().to_be_bytes());
    hash
}

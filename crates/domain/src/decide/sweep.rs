//! What the server does to messages when their time has come: it starts clocks and takes content away.
//!
//! Only what is due is touched, whoever asks and however often: a sweep done again leaves nothing.

use parlance_proto::{Body, Details, GoneReason};

use super::{Rewrite, Target};

/// What time has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// The time of these messages may be up.
    Expire(Vec<u64>),
    /// Nobody's device has these messages, and they were to be delivered by now.
    Undelivered(Vec<u64>),
    /// Everybody has read these messages, and all up to `upto`; those that disappear after reading begin to.
    StartClock {
        /// The messages, lowest first.
        targets: Vec<u64>,
        /// Everybody has read up to here.
        upto: u64,
    },
    /// These messages are older than messages are kept here.
    Retire(Vec<u64>),
}

impl Sweep {
    /// The messages to look at.
    pub fn targets(&self) -> &[u64] {
        match self {
            Sweep::Expire(targets)
            | Sweep::Undelivered(targets)
            | Sweep::Retire(targets)
            | Sweep::StartClock { targets, .. } => targets,
        }
    }
}

/// What a sweep leaves: one entry, and what stands in the place of its targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swept {
    /// The entry's body.
    pub body: Body,
    /// What stands in the targets' places from now on.
    pub rewrites: Vec<(u64, Rewrite)>,
}

/// Decides a sweep over the messages as they stand now; none if nothing is due.
pub fn sweep(now_ms: i64, sweep: &Sweep, targets: &[Target]) -> Option<Swept> {
    match sweep {
        Sweep::Expire(_) => take_away(targets, |details| details.expires_ms.is_some_and(|at| at <= now_ms)),
        Sweep::Undelivered(_) => {
            take_away(targets, |details| details.deliver_by_ms.is_some_and(|at| at <= now_ms))
        }
        Sweep::Retire(_) => take_away(targets, |_| true),
        Sweep::StartClock { upto, .. } => Some(start_clock(now_ms, *upto, targets)),
    }
}

fn take_away(targets: &[Target], due: impl Fn(&Details) -> bool) -> Option<Swept> {
    let nothing = Details::default();
    let due: Vec<u64> = live(targets)
        .filter(|target| due(target.entry.details.as_deref().unwrap_or(&nothing)))
        .map(|target| target.entry.index)
        .collect();
    let gone =
        |index: &u64| (*index, Rewrite { body: Body::Gone { reason: GoneReason::Expired }, details: None });
    let rewrites = due.iter().map(gone).collect();
    (!due.is_empty()).then_some(Swept { body: Body::Expired { targets: due }, rewrites })
}

/// Starts the clock of the first messages that have the same time to live, and of those between them.
fn start_clock(now_ms: i64, upto: u64, targets: &[Target]) -> Swept {
    let waiting = live(targets).filter_map(|target| {
        let details = target.entry.details.as_deref()?;
        let after_ms = details.expires_after_ms?;
        Some((target, details, after_ms))
    });
    let mut waiting = waiting.peekable();
    let after_ms = waiting.peek().map_or(0, |(_, _, after_ms)| *after_ms);
    let expires_ms = now_ms.saturating_add_unsigned(after_ms);
    let mut rewrites = Vec::new();
    while let Some((target, details, _)) = waiting.next_if(|(_, _, other)| *other == after_ms) {
        // It may have to go sooner, because the server keeps no message for longer.
        let sooner = details.expires_ms.map_or(expires_ms, |kept| kept.min(expires_ms));
        let details = Details { expires_ms: Some(sooner), expires_after_ms: None, ..details.clone() };
        let body = target.entry.body.clone();
        rewrites.push((target.entry.index, Rewrite { body, details: Some(Box::new(details)) }));
    }
    // Another time to live begins here: the next sweep goes on.
    let upto = waiting.peek().map_or(upto, |(target, _, _)| target.entry.index - 1);
    let targets = rewrites.iter().map(|(index, _)| *index).collect();
    Swept { body: Body::ExpirySet { targets, expires_ms, upto }, rewrites }
}

/// The messages among them whose content is still there.
fn live(targets: &[Target]) -> impl Iterator<Item = &Target> {
    targets
        .iter()
        .filter(|target| target.entry.body.is_message() && !matches!(target.entry.body, Body::Gone { .. }))
}

#[cfg(test)]
mod tests {
    use parlance_proto::{Entry, SessionId, UserId};

    use super::*;

    fn message(index: u64, details: Details) -> Target {
        let entry = Entry {
            index,
            ordinal: index,
            time_ms: 0,
            sender: UserId(1),
            session: SessionId(1),
            client_message_id: None,
            body: Body::Text { text: "x".to_owned() },
            details: Some(Box::new(details)),
        };
        Target { entry, likes: crate::TargetLikes::default(), ballot: Vec::new() }
    }

    fn after(index: u64, expires_after_ms: u64) -> Target {
        message(index, Details { expires_after_ms: Some(expires_after_ms), ..Details::default() })
    }

    fn at(index: u64, expires_ms: i64) -> Target {
        message(index, Details { expires_ms: Some(expires_ms), ..Details::default() })
    }

    #[test]
    fn only_what_is_due_goes_and_it_goes_once() {
        let mut targets = [at(3, 10), at(4, 11), message(5, Details::default())];
        let wish = Sweep::Expire(vec![3, 4, 5]);
        assert_eq!(sweep(9, &wish, &targets), None);
        let swept = sweep(10, &wish, &targets).unwrap();
        assert_eq!(swept.body, Body::Expired { targets: vec![3] });
        targets[0].entry.body = swept.rewrites[0].1.body.clone();
        assert_eq!(sweep(10, &wish, &targets), None);
        assert_eq!(sweep(12, &wish, &targets).unwrap().body, Body::Expired { targets: vec![4] });
    }

    #[test]
    fn clocks_start_in_stretches_of_one_time_to_live() {
        let targets = [after(2, 50), after(3, 50), at(4, 1), after(6, 90)];
        let wish = Sweep::StartClock { targets: vec![2, 3, 4, 6], upto: 8 };
        let swept = sweep(1_000, &wish, &targets).unwrap();
        assert_eq!(swept.body, Body::ExpirySet { targets: vec![2, 3], expires_ms: 1_050, upto: 5 });
        let started = swept.rewrites[0].1.details.as_ref().unwrap();
        assert_eq!((started.expires_ms, started.expires_after_ms), (Some(1_050), None));
        let swept = sweep(1_000, &Sweep::StartClock { targets: vec![6], upto: 8 }, &targets[3..]).unwrap();
        assert_eq!(swept.body, Body::ExpirySet { targets: vec![6], expires_ms: 1_090, upto: 8 });
    }
}

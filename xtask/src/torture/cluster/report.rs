//! What a cluster's run came to: the figures, the promises, and whether it passed.
//!
//! A run with a planted bug passes if a promise was seen broken, and only then.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::ensure;

use super::super::record::Answer;
use super::super::worker::Scene;
use super::Planted;
use super::deck::Kind;
use super::figures::{Times, back_after};
use super::rolling::Rolled;
use super::strike::Struck;
use crate::checker::{Promise, Verdict};
use crate::console::say;

/// A client of a node that was killed sends again within this time, of a hundred ninety-nine.
const FAIL_OVER_MS: f64 = 5_000.0;
/// In a short run nobody waits longer, whatever happens.
const STUCK_MS: f64 = 15_000.0;
/// How much longer a send may take during the rolling restart.
const SLOWER: f64 = 2.0;
/// What the clock of a busy small machine adds to that.
const GRAIN_MS: f64 = 10.0;
/// The most that a client reconnects in a rolling restart.
const RECONNECTS: u64 = 1;

/// Everything about a run.
pub struct Report<'a> {
    pub struck: Vec<Struck>,
    pub rolled: Option<Rolled>,
    pub scene: &'a Scene,
    pub verdict: Verdict,
    /// What kept it from a proper end.
    pub ended: anyhow::Result<()>,
    pub took: Duration,
    /// Whether things stood still for up to a minute.
    pub long: bool,
}

/// What did not hold, and how much was looked at.
#[derive(Default)]
struct Checks {
    done: usize,
    failed: Vec<String>,
}

impl Checks {
    fn check(&mut self, holds: bool, otherwise: impl FnOnce() -> String) {
        self.done += 1;
        if !holds {
            self.failed.push(otherwise());
        }
    }
}

impl Report<'_> {
    /// Prints it and judges.
    pub fn judge(self, planted: Option<Planted>) -> anyhow::Result<()> {
        let mut checks = Checks::default();
        let answers = self.scene.recorder.answers();
        self.fail_overs(&answers, &mut checks);
        if let Some(rolled) = &self.rolled {
            rolling(rolled, &mut checks);
        }
        let counts = [&self.scene.wrong_answers, &self.scene.failures];
        let [wrong, failures] = counts.map(|count| count.load(Ordering::Acquire));
        checks.check(wrong == 0, || format!("{wrong} wrong answers"));
        checks.check(failures == 0, || format!("{failures} asks were refused for good or never answered"));
        let trouble = self.ended.as_ref().err().map(|error| format!("{error:#}"));
        checks.check(trouble.is_none(), || trouble.unwrap_or_default());
        for promise in Promise::ALL {
            let count = self.verdict.count(promise);
            checks.check(count == 0, || format!("{} broken {count} times", promise.name()));
        }
        for words in self.verdict.words().iter().chain(&checks.failed) {
            say(format_args!("torture: {words}"));
        }
        self.close(failures, wrong);
        let failed = checks.failed.len();
        match planted {
            None => {
                say(format_args!("{} passed, {failed} failed", checks.done - failed));
                ensure!(failed == 0, "the cluster broke its promises");
            }
            Some(bug) => {
                // What could not be read to its end is not lost for that.
                let proves = |promise: &Promise| {
                    let of_the_end = [Promise::Lost, Promise::Gap, Promise::Behind].contains(promise);
                    self.verdict.count(*promise) > 0 && (self.ended.is_ok() || !of_the_end)
                };
                let broken: Vec<&str> =
                    Promise::ALL.iter().copied().filter(proves).map(Promise::name).collect();
                ensure!(!broken.is_empty(), "the planted bug {bug:?} was not found");
                say(format_args!("torture: planted {bug:?} was found by {}", broken.join(", ")));
            }
        }
        Ok(())
    }

    fn close(&self, failures: u64, wrong: u64) {
        let (attempts, unknown) = self.scene.recorder.attempts();
        say(format_args!(
            "torture: seconds={} attempts={attempts} unknown={unknown} stored={}",
            self.took.as_secs(),
            self.verdict.stored
        ));
        say(format_args!(
            "torture: faults={} {} failures={failures} wrong_answers={wrong}",
            self.struck.len(),
            self.verdict
        ));
    }

    /// How long until whoever was struck could send again, for each kind of fault.
    fn fail_overs(&self, answers: &[Answer], checks: &mut Checks) {
        let mut kinds: BTreeMap<Kind, (usize, Vec<u64>)> = BTreeMap::new();
        for struck in &self.struck {
            let (count, times) = kinds.entry(struck.kind).or_default();
            *count += 1;
            for who in &struck.whom {
                let back = back_after(answers, who, struck.at);
                checks.check(back.is_some(), || {
                    format!("{who} sent nothing any more after {}", struck.kind.name())
                });
                times.extend(back);
            }
        }
        let promoted = self.struck.iter().filter_map(|struck| Some(struck.promoted? - struck.at));
        let promoted = Times::new(promoted.collect());
        say(format_args!(
            "torture: standby promoted={} after_ms max={:.0}",
            promoted.count(),
            promoted.percentile_ms(100)
        ));
        for (kind, (count, times)) in kinds {
            let times = Times::new(times);
            say(format_args!(
                "torture: {}={count} clients={} sent_again_ms p50={:.0} p99={:.0} max={:.0}",
                kind.name(),
                times.count(),
                times.percentile_ms(50),
                times.percentile_ms(99),
                times.percentile_ms(100),
            ));
            let longest = times.percentile_ms(100);
            checks.check(self.long || longest <= STUCK_MS, || {
                format!("after {} somebody waited for {longest:.0} ms", kind.name())
            });
            if kind == Kind::Kill {
                let p99 = times.percentile_ms(99);
                checks.check(p99 <= FAIL_OVER_MS, || format!("fail-over p99 is {p99:.0} ms"));
            }
        }
    }
}

fn rolling(rolled: &Rolled, checks: &mut Checks) {
    let [before, after] = rolled.calm.each_ref().map(|times| times.percentile_ms(99));
    let during = rolled.during.percentile_ms(99);
    let (most, failures) = (rolled.most(), rolled.failures);
    say(format_args!(
        "torture: rolling restart seconds={} clients={} reconnects={} most={most} failures={failures} \
         sends={} send_ms p50={:.1} p99={during:.1} max={:.0} before p50={:.1} p99={before:.1} after p50={:.1} p99={after:.1}",
        rolled.took.as_secs(),
        rolled.reconnects.len(),
        rolled.reconnects.iter().sum::<u64>(),
        rolled.during.count(),
        rolled.during.percentile_ms(50),
        rolled.during.percentile_ms(100),
        rolled.calm[0].percentile_ms(50),
        rolled.calm[1].percentile_ms(50),
    ));
    checks.check(most <= RECONNECTS, || format!("a client reconnected {most} times"));
    checks.check(failures == 0, || format!("{failures} failures in the rolling restart"));
    // A busy machine is as slow before as after; only what is slower than both is the restart's.
    checks.check(during <= before.max(after) * SLOWER + GRAIN_MS, || {
        format!("p99 was {before:.1} ms before, {after:.1} ms after, and {during:.1} ms in between")
    });
}

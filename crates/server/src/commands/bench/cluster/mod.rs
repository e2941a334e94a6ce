//! A cluster next to one node, and PostgreSQL next to the embedded store, in one run: how many messages, how long each takes, and
//! the processors' time they cost. All of it stands on this machine, so the nodes share its cores with PostgreSQL and the load.
//!
//! The shapes take turns, and the figures are medians over the rounds: what the machine does meanwhile is in all of them.

mod cpu;
mod hop;
mod stage;
mod stand;

use std::time::Duration;

use parlance_proto::ConversationId;

use self::stage::{Cost, Stage};
use super::super::say::say;
use super::people::People;
use super::plan::Plan;
use super::report::Report;
use super::texts::{latency, sends};

/// Messages in flight on each connection under full load.
const DEPTH: usize = 8;
/// After full load: inboxes are written then, and belong to its cost.
const CALM: Duration = Duration::from_secs(3);
/// Messages that the processors' time is told for.
const MESSAGES: f64 = 10_000.0;

/// A way to use servers over one store.
struct Shape {
    name: &'static str,
    /// Which servers.
    stand: usize,
    people: People,
    loads: Vec<Load>,
    /// Half of all, and 99 of 100, in milliseconds.
    times: Vec<(f64, f64)>,
}

/// What one turn under full load came to.
struct Load {
    per_second: f64,
    /// For so many messages.
    cost: Cost,
}

/// Measures.
pub async fn figures(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let stage = Stage::set(folder.path()).await?;
    let mut shapes = shapes(&stage, plan).await?;
    report.count("cluster_connections", (plan.connections / 2 * 2) as u64);
    report.count("cluster_messages_in_flight", (plan.connections / 2 * 2 * DEPTH) as u64);
    for round in 0..plan.cluster_rounds {
        // Nobody is always first.
        shapes.rotate_left(1);
        for shape in &mut shapes {
            shape.full_load(&stage, plan, round).await?;
        }
    }
    let slowest = shapes.iter().map(Shape::per_second).fold(f64::MAX, f64::min);
    let load = latency::share_of(slowest);
    report.rate("cluster_latency_load", load);
    for round in 0..plan.cluster_rounds {
        shapes.rotate_left(1);
        for shape in &mut shapes {
            shape.latency(plan, (round, load)).await?;
        }
    }
    shapes.sort_by_key(|shape| shape.stand);
    shapes.iter().for_each(|shape| shape.tell(report));
    for (over, base) in [("three_nodes", "one_node"), ("embedded", "one_node")] {
        for figure in ["sends_per_second", "cpu_of_nodes_per_10000", "cpu_of_all_per_10000"] {
            let [one, other] = [over, base].map(|name| format!("cluster_{name}_{figure}"));
            report.ratio(&format!("{one}_to_{base}"), &one, &other);
        }
    }
    hop::cost(&stage, plan, report).await
}

async fn shapes(stage: &Stage, plan: &Plan) -> anyhow::Result<Vec<Shape>> {
    let few = Plan { receivers: 0, ..plan.clone() };
    let mut shapes = Vec::new();
    for (stand, name) in ["embedded", "one_node", "three_nodes"].into_iter().enumerate() {
        let nodes = stage.addresses(stand);
        // The two people of a conversation are at different nodes, as a load balancer has it.
        let people = People::settle(nodes[0], &few).await?.at(nodes);
        shapes.push(Shape { name, stand, people, loads: Vec::new(), times: Vec::new() });
    }
    Ok(shapes)
}

impl Shape {
    async fn full_load(&mut self, stage: &Stage, plan: &Plan, round: usize) -> anyhow::Result<()> {
        let mut lanes = Vec::new();
        for number in 0..plan.connections / 2 * 2 {
            let pair = [number, number ^ 1].map(|number| self.people.person(number).user_id);
            let conversation = ConversationId::direct(pair[0], pair[1]);
            let load = sends::Load::Messages { conversation, name: format!("c{round}") };
            lanes.push(sends::Lane { wire: self.people.connect(number).await?, number, load, depth: DEPTH });
        }
        let (cost, sent) = (stage.cost(self.stand)?, stage.sent(self.stand).await?);
        let (per_second, _) = sends::run(lanes, plan.measure).await?;
        tokio::time::sleep(CALM).await;
        let sent = stage.sent(self.stand).await?.saturating_sub(sent).max(1);
        let share = MESSAGES / sent as f64;
        let cost = stage.cost(self.stand)?.since(cost).times(share);
        say(format_args!("  round {round}, {}: {per_second:.0} /s", self.name));
        self.loads.push(Load { per_second, cost });
        Ok(())
    }

    async fn latency(&mut self, plan: &Plan, (round, load): (usize, f64)) -> anyhow::Result<()> {
        let measured = latency::paced(&self.people, plan, (&format!("l{round}-"), load)).await?;
        let ms = |quantile| measured.ack.value_at_quantile(quantile) as f64 / 1_000.0;
        let times = (ms(0.5), ms(0.99));
        say(format_args!("  round {round}, {}: p50 {:.2} p99 {:.2} ms", self.name, times.0, times.1));
        self.times.push(times);
        Ok(())
    }

    fn per_second(&self) -> f64 {
        median(self.loads.iter().map(|load| load.per_second))
    }

    fn tell(&self, report: &mut Report) {
        let name = |figure: &str| format!("cluster_{}_{figure}", self.name);
        report.rate(&name("sends_per_second"), self.per_second());
        let times = |pick: fn(&(f64, f64)) -> f64| {
            Duration::from_secs_f64(median(self.times.iter().map(pick)) / 1_000.0)
        };
        report.time(&name("ack_p50"), times(|times| times.0));
        report.time(&name("ack_p99"), times(|times| times.1));
        let of = |pick: fn(&Cost) -> Duration| {
            median(self.loads.iter().map(|load| pick(&load.cost).as_secs_f64()))
        };
        for (what, pick) in [
            ("nodes", (|cost| cost.nodes) as fn(&Cost) -> Duration),
            ("postgresql", |cost| cost.database),
            ("nats", |cost| cost.bus),
            ("all", |cost| cost.nodes + cost.database + cost.bus),
        ] {
            report.time(&name(&format!("cpu_of_{what}_per_10000")), Duration::from_secs_f64(of(pick)));
        }
    }
}

/// The one in the middle; of an even number the lower of the two.
fn median(figures: impl Iterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_one_of_the_figures() {
        let rounded = |figures: &[f64]| median(figures.iter().copied()).round() as u64;
        assert_eq!(rounded(&[3.0, 1.0, 2.0]), 2);
        assert_eq!(rounded(&[3.0, 1.0, 2.0, 9.0]), 2);
        assert_eq!(rounded(&[]), 0);
    }
}

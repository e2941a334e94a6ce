//! The processors' time that processes have used, in user and in system, as the kernel counts it.
//! It never guesses: what has ended is told by its mother, what cannot be read is an error.

use std::fs;
use std::time::Duration;

use anyhow::Context as _;

/// What the kernel counts in, on every Linux: a hundredth of a second.
const TICK: Duration = Duration::from_millis(10);

/// The time of one process: its own, and of children that have ended.
struct Used {
    parent: u32,
    own: Duration,
    of_ended: Duration,
}

/// What a process has used itself.
pub fn of(process: u32) -> anyhow::Result<Duration> {
    Ok(used(process)?.own)
}

/// What a process and its children have used, also those that have ended.
pub fn of_family(process: u32) -> anyhow::Result<Duration> {
    let mother = used(process)?;
    let mut sum = mother.own + mother.of_ended;
    for entry in fs::read_dir("/proc")?.flatten() {
        let Some(child) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else { continue };
        // It may end while it is looked at; then its mother has its time.
        if let Ok(child) = used(child)
            && child.parent == process
        {
            sum += child.own;
        }
    }
    Ok(sum)
}

fn used(process: u32) -> anyhow::Result<Used> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The program's name may hold spaces and brackets.
    let (_, rest) = text.rsplit_once(')').context("no name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |at: usize| -> anyhow::Result<u32> { Ok(fields.get(at).context("too few fields")?.parse()?) };
    Ok(Used {
        parent: ticks(1)?,
        own: TICK * (ticks(11)? + ticks(12)?),
        of_ended: TICK * (ticks(13)? + ticks(14)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_uses_time() {
        let process = std::process::id();
        let before = of(process).unwrap();
        let began = std::time::Instant::now();
        while began.elapsed() < Duration::from_millis(60) {
            std::hint::black_box(0);
        }
        assert!(of(process).unwrap() > before);
        assert!(of_family(process).unwrap() >= of(process).unwrap());
    }
}

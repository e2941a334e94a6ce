//! Threads for work on many bytes. On a busy machine they come after the threads that answer people: a thread here gets a
//! tenth of the processor that one of those gets.
//!
//! Linux only, where a thread has a priority of its own. If it fails, nothing is lost but smoothness.

use std::sync::LazyLock;

use tokio::runtime::{Builder, Runtime};

use crate::Error;

/// Threads at most: enough that something small is not long behind what is large.
const THREADS: usize = 8;
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// They live as long as the program: who has lower priority cannot get the old one back.
static BULK: LazyLock<std::io::Result<Runtime>> = LazyLock::new(|| {
    Builder::new_current_thread()
        .max_blocking_threads(THREADS)
        .thread_name("parlance:bulk")
        .on_thread_start(step_back)
        .build()
});

/// Runs work that blocks, on many bytes.
pub(crate) async fn in_bulk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let bulk = BULK.as_ref().map_err(|error| Error::Failed(error.to_string()))?;
    bulk.spawn_blocking(work).await.unwrap_or_else(|error| Err(Error::Failed(error.to_string())))
}

#[cfg(target_os = "linux")]
fn step_back() {
    // Without a process it is this thread.
    let _ = rustix::process::setpriority_process(None, NICE);
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_is_in_bulk_steps_back() {
        let nice = || Ok(rustix::process::getpriority_process(None).unwrap());
        let before = nice().unwrap();
        assert_eq!(in_bulk(nice).await.unwrap(), (before + NICE).min(19));
        assert_eq!(crate::blocking(nice).await.unwrap(), before);
    }
}

//! fjall's own threads step back: on a busy machine, who waits for an answer comes before a flush or a merge.
//!
//! Linux only, where a thread has a priority of its own. If it fails, nothing is lost but smoothness.

/// How fjall names its threads, as far as the kernel keeps a name.
#[cfg(target_os = "linux")]
const WORKER: &str = "fjall:worker";
/// A thread with it gets a third of the processor that one without it gets. More would leave writes waiting for the
/// locks that a flush holds while it waits for the processor.
#[cfg(target_os = "linux")]
const NICE: i32 = 5;

/// Lowers the priority of all threads of fjall in this process.
#[cfg(target_os = "linux")]
pub(crate) fn lower() {
    use rustix::process::{Pid, setpriority_process};
    for thread in std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten() {
        let name = std::fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
        let id = thread.file_name().to_str().and_then(|id| id.parse().ok()).and_then(Pid::from_raw);
        if name.trim_end() == WORKER && id.is_some() {
            let _ = setpriority_process(id, NICE);
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn lower() {}

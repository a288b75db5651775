//! Long work gives way to whatever somebody waits for with a finger on a key.

use std::panic;
use std::thread;
use thread_priority::{ThreadPriority, set_current_thread_priority};

/// Lets this thread give way to others, of this program and of the system, from now on: for work
/// that holds no lock. An idle processor does it as fast as ever.
pub fn give_way() {
    // Where a system does not let it, the work is only less polite.
    let _ = set_current_thread_priority(ThreadPriority::Min);
}

/// Does something on a thread of its own that gives way, and waits for it.
pub fn giving_way<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let done = thread::scope(|scope| {
        let working = scope.spawn(|| {
            give_way();
            work()
        });
        working.join()
    });
    done.unwrap_or_else(|stopped| panic::resume_unwind(stopped))
}

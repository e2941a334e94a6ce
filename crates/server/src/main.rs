//! The `parlance` program: the allocator and the way into the commands.
//! Everything it does is in the library, so that tests start the same server.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    parlance_server::commands::main()
}

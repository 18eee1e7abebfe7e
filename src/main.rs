//! Runs the command line and tells the system how it ended.

use std::io;
use std::process::ExitCode;

use attendu::cli::{self, Environment, Library, Streams};
use mimalloc::MiMalloc;

/// Loading allocates many small pieces and drops most of them again.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let environment = Environment::read();
    let mut out = io::BufWriter::new(io::stdout().lock());
    // Not locked: progress may be told from another thread.
    let mut err = io::stderr();
    let exit = cli::run(
        std::env::args_os(),
        &environment,
        &Library,
        Streams {
            input: &mut io::stdin().lock(),
            out: &mut out,
            err: &mut err,
        },
    );
    ExitCode::from(exit)
}

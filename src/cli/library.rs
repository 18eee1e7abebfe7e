//! The reasoner as the command line sees it: [`Open`] over the façade.

use std::io;
use std::path::PathBuf;

use crate::base::{Diagnostic, Sources, Span};
use crate::reasoner::{Options, Report};

use super::answers::{Answers, Open, OpenError, Refusal};

/// The policies and facts on disk, and those built in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Library;

const MISSING: &str = "this build has no reasoner";

impl Open for Library {
    fn load(&self, options: &Options, _: Report) -> Result<Box<dyn Answers>, OpenError> {
        let path = options.policies.first().cloned();
        Err(OpenError::Unreadable {
            path: path.unwrap_or_else(|| PathBuf::from("policies")),
            cause: io::Error::new(io::ErrorKind::Unsupported, MISSING),
        })
    }

    fn format(&self, name: &str, text: &str) -> Result<String, Refusal> {
        let mut sources = Sources::default();
        let file = sources.add(name, text);
        let diagnostics = vec![Diagnostic::error(
            "no-reasoner",
            Span::new(file, 0, 0),
            MISSING,
        )];
        Err(Refusal {
            sources,
            diagnostics,
        })
    }
}

//! Help texts and usage errors in the reader's language: clap's command, its texts replaced
//! from the catalogue.

use std::ffi::OsString;

use clap::builder::{Arg, Command};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, ValueEnum};

use crate::reasoner::Language;

use super::args::{RawArgs, RawLanguage};
use super::environment::Environment;
use super::messages::Messages;

/// The language to speak before the command line is understood: `--lang` wherever it
/// stands, else that of the surroundings.
pub(super) fn language(args: &[OsString], environment: &Environment) -> Language {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    let mut asked = None;
    while let Some(arg) = args.next() {
        let word = match arg.strip_prefix("--lang") {
            _ if arg == "--" => break,
            Some("") => args.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        let language = word.and_then(|word| RawLanguage::from_str(word, false).ok());
        asked = language.or(asked);
    }
    asked.map_or(environment.language, RawLanguage::language)
}

/// The command line's grammar with all its texts in the reader's language.
pub(super) fn command(environment: &Environment, messages: &Messages) -> Command {
    translated(RawArgs::command(), "attendu", messages)
        .term_width(environment.width)
        .mut_subcommands(|command| {
            let name = command.get_name().to_owned();
            translated(command, &name, messages)
        })
}

/// `command`, which is called `name`, with its own texts and those of its arguments.
fn translated(command: Command, name: &str, messages: &Messages) -> Command {
    let template = format!(
        "{{about}}\n\n{}\n  {{usage}}\n\n{{all-args}}{{after-help}}",
        messages.text("help-usage")
    );
    let after = messages.find(&format!("help-{name}-after"), &[]);
    command
        .about(messages.word("help", name))
        .after_help(after.unwrap_or_default())
        .help_template(template)
        .subcommand_help_heading(messages.text("help-commands"))
        .subcommand_value_name(messages.text("value-COMMAND"))
        .mut_args(|arg| translated_arg(arg, name, messages))
}

/// An argument of `command` with its help, its heading and the name of its value.
fn translated_arg(arg: Arg, command: &str, messages: &Messages) -> Arg {
    let id = arg.get_id().as_str().to_owned();
    let heading = if arg.is_positional() {
        "help-arguments"
    } else {
        "help-options"
    };
    let help = messages
        .find(&format!("help-{command}-{id}"), &[])
        .unwrap_or_else(|| messages.word("help-option", &id));
    let values: Vec<_> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|value| messages.word("value", value))
        .collect();
    // A text says nothing of a case: what of the shared options is about cases is accepted
    // by `fmt`, so that an alias may carry it, but not advertised.
    let of_case = matches!(&*id, "facts" | "queries" | "as_of" | "format");
    let arg = arg
        .help(help)
        .help_heading(messages.text(heading))
        .hide(command == "fmt" && of_case);
    if values.is_empty() {
        arg
    } else {
        arg.value_names(values)
    }
}

/// What is wrong with the command line, in the reader's words, and where to read on.
pub(super) fn usage_error(error: &clap::Error, args: &[OsString], messages: &Messages) -> String {
    let context = |kind| context(error, kind);
    let fitting = match error.kind() {
        ErrorKind::UnknownArgument => context(ContextKind::InvalidArg).map(|arg| {
            let id = if arg.starts_with('-') {
                "usage-unknown-argument"
            } else {
                "usage-unexpected"
            };
            messages.message(id, &[("arg", arg.into())])
        }),
        ErrorKind::InvalidSubcommand => context(ContextKind::InvalidSubcommand)
            .map(|name| messages.message("usage-unknown-command", &[("name", name.into())])),
        ErrorKind::MissingSubcommand => Some(messages.text("usage-missing-command")),
        ErrorKind::MissingRequiredArgument => context(ContextKind::InvalidArg)
            .map(|arg| messages.message("usage-missing-argument", &[("arg", arg.into())])),
        ErrorKind::ArgumentConflict => conflict(error, messages),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => {
            invalid_value(error, messages)
        }
        _ => None,
    };
    let fitting = fitting.unwrap_or_else(|| {
        let text = error.to_string();
        let first = text.lines().next().unwrap_or_default();
        first.trim_start_matches("error: ").to_owned()
    });
    let mut lines = vec![said(&fitting, messages)];
    let suggestion = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(context);
    if let Some(name) = suggestion {
        lines.push(messages.message("usage-did-you-mean", &[("name", name.into())]));
    }
    lines.push(see_help(args, messages));
    lines.join("\n")
}

/// Where to read on.
pub(super) fn see_help(args: &[OsString], messages: &Messages) -> String {
    messages.message("usage-see-help", &[("command", named(args).into())])
}

/// `error: text` in the reader's language.
pub(super) fn said(text: &str, messages: &Messages) -> String {
    messages.field(&messages.text("error"), text)
}

/// Which option cannot stand there, beside itself or another.
fn conflict(error: &clap::Error, messages: &Messages) -> Option<String> {
    let arg = context(error, ContextKind::InvalidArg)?;
    Some(match context(error, ContextKind::PriorArg) {
        Some(other) if other != arg => {
            let both = [("arg", arg.into()), ("other", other.into())];
            messages.message("usage-conflict", &both)
        }
        _ => messages.message("usage-repeated", &[("arg", arg.into())]),
    })
}

/// What is wrong with an option's value.
fn invalid_value(error: &clap::Error, messages: &Messages) -> Option<String> {
    let arg = context(error, ContextKind::InvalidArg)?;
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    let known = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(known)) => known.clone(),
        _ => Vec::new(),
    };
    let id = match (value.is_empty(), known.is_empty()) {
        (true, _) => "usage-missing-value",
        (false, true) => "usage-bad-value",
        (false, false) => "usage-unknown-value",
    };
    Some(messages.message(
        id,
        &[
            ("arg", arg.into()),
            ("value", value.into()),
            ("known", messages.quoted_list(&known).into()),
        ],
    ))
}

/// What clap says about `kind`, as text.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}

/// The program, with the command that `args` name if they name one.
fn named(args: &[OsString]) -> String {
    let known = RawArgs::command();
    let command = args
        .iter()
        .skip(1)
        .filter_map(|arg| arg.to_str())
        .find(|arg| known.find_subcommand(arg).is_some());
    match command {
        Some(command) => format!("attendu {command}"),
        None => "attendu".to_owned(),
    }
}

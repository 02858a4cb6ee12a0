//! `treadlight shoes`: pairs, distance, window, when to replace them; and the edits of the settings that shoes need.

mod add;
mod assign;
mod edit;
mod import;
mod rename;
mod retire;
mod rule;

use anyhow::Result;
use chrono::NaiveDate;

pub use assign::WhichRun;

use super::{ExitStatus, Format, Options, load::load, output};
use crate::{
    report::{json, text},
    settings::{ShoeRule, edit::shoes::NewPair},
};

/// An edit of the settings, as typed; each is documented in its file.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the command line documents them")]
pub enum ShoesEdit {
    Add(NewPair),
    Retire { name: String, on: Option<NaiveDate> },
    Assign { run: WhichRun, name: String },
    Rule(ShoeRule),
    Rename { old: String, new: String },
    Import,
}

pub(super) fn edit(edit: ShoesEdit, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    match edit {
        ShoesEdit::Add(pair) => add::run(&pair, options, dry_run),
        ShoesEdit::Retire { name, on } => retire::run(&name, on, options, dry_run),
        ShoesEdit::Assign { run, name } => assign::run(&run, &name, options, dry_run),
        ShoesEdit::Rule(rule) => rule::run(rule, options, dry_run),
        ShoesEdit::Rename { old, new } => rename::run(&old, &new, options, dry_run),
        ShoesEdit::Import => import::run(options, dry_run),
    }
}

pub(super) fn run(options: &Options, format: Format) -> Result<ExitStatus> {
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = if format == Format::Json {
        output::pretty_json(&json::shoes(&loaded.analysis))?
    } else {
        let mut text = String::new();
        text::shoes::write_table(&mut text, &loaded.analysis, loaded.units())?;
        text
    };
    output::print(&text, options.color)?;
    Ok(loaded.status(options))
}

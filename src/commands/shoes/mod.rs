//! `treadlight shoes`: pairs, distance, window, when to replace them; and the edits of the settings that shoes need.

mod add;
mod ask;
mod assign;
pub(super) mod edit;
mod import;
mod rename;
mod retire;
mod rule;
mod set;
mod suggested;

use anyhow::{Result, bail};
use chrono::NaiveDate;

use super::{ExitStatus, Format, Options, load::load, output, which_run::WhichRun};
use crate::{
    columns::csv,
    report::{
        machine::{self, json},
        sections,
    },
    settings::{ShoeFit, ShoeRule, edit::shoes::NewPair, nearest},
};

/// An edit of the settings, as typed; each is documented in its file.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the command line documents them")]
pub enum ShoesEdit {
    Add(NewPair),
    Retire { name: String, on: Option<NaiveDate> },
    Assign { run: WhichRun, name: String },
    Set { name: String, fit: ShoeFit },
    Rule(ShoeRule),
    Rename { old: String, new: String },
    Import,
    Ask,
}

pub(super) fn edit(edit: ShoesEdit, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    match edit {
        ShoesEdit::Add(pair) => add::run(&pair, options, dry_run),
        ShoesEdit::Retire { name, on } => retire::run(&name, on, options, dry_run),
        ShoesEdit::Assign { run, name } => assign::run(&run, &name, options, dry_run),
        ShoesEdit::Set { name, fit } => set::run(&name, &fit, options, dry_run),
        ShoesEdit::Rule(rule) => rule::run(rule, options, dry_run),
        ShoesEdit::Rename { old, new } => rename::run(&old, &new, options, dry_run),
        ShoesEdit::Import => import::run(options, dry_run),
        ShoesEdit::Ask => ask::run(options, dry_run),
    }
}

/// The names of the edits, for one that is mistyped.
const EDITS: [&str; 8] = ["add", "ask", "retire", "assign", "set", "rule", "rename", "import"];

pub(super) fn run(options: &Options, format: Format) -> Result<ExitStatus> {
    refuse_a_mistyped_edit(options)?;
    let loaded = load(options)?;
    loaded.tell_about_files(options);
    let text = match format {
        Format::Json => output::pretty_json(&json::shoes(&loaded.analysis))?,
        Format::Csv => csv::table(machine::shoes(&loaded.analysis))?,
        Format::Text | Format::Markdown | Format::Ics | Format::Parquet => {
            output::laid_out(&sections::shoes::all(&loaded.analysis, loaded.units()), options, None)
        }
    };
    output::print(&text, options.color)?;
    Ok(loaded.status(options))
}

/// `shoes retir NAME` reads as two folders.
fn refuse_a_mistyped_edit(options: &Options) -> Result<()> {
    let missing =
        options.folders.first().filter(|folder| !folder.exists()).map(|folder| folder.display().to_string());
    if let Some(typed) = missing
        && let Some(edit) = nearest(&typed, &EDITS)
    {
        bail!("the folder `{typed}` does not exist: did you mean `treadlight shoes {edit}`?");
    }
    Ok(())
}

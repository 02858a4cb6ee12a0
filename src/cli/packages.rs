//! `treadlight completions` and `treadlight man`: what a package brings for shells and `man`, made of the command line itself.

use std::path::PathBuf;

use clap::Args;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::commands::{Command, ManPage};

/// What `completions` takes.
#[derive(Args)]
pub(super) struct CliCompletions {
    /// The shell that is to complete
    #[arg(value_enum)]
    shell: Shell,
}

/// What `man` takes.
#[derive(Args)]
pub(super) struct CliMan {
    /// Write a page for every command into this folder instead
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl CliCompletions {
    pub(super) fn of(self, mut command_line: clap::Command) -> Command {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command_line, "treadlight", &mut script);
        Command::Completions { script: String::from_utf8_lossy(&script).into_owned() }
    }
}

impl CliMan {
    pub(super) fn of(self, command_line: clap::Command) -> Command {
        Command::Man { pages: man_pages(command_line), out: self.out }
    }
}

/// The page of treadlight first, then one for each of its commands.
fn man_pages(command_line: clap::Command) -> Vec<ManPage> {
    let mut command_line = command_line.disable_help_subcommand(true);
    command_line.build();
    let mut pages = Vec::new();
    add_pages(&command_line, &mut pages);
    pages
}

fn add_pages(command: &clap::Command, pages: &mut Vec<ManPage>) {
    pages.push(man_page(command.clone()));
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        add_pages(below, pages);
    }
}

/// The version stands where a date is usual: the same source makes the same page on every day, and an empty date shifts the rest.
fn man_page(command: clap::Command) -> ManPage {
    let man =
        Man::new(command).date(env!("CARGO_PKG_VERSION")).source("treadlight").manual("Manual of treadlight");
    let mut text = Vec::new();
    // writing to a vector never fails
    let _ = man.render(&mut text);
    ManPage { file_name: man.get_filename(), text: String::from_utf8_lossy(&text).into_owned() }
}

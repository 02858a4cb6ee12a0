//! `treadlight shoes import`: the pairs that an export names, into the settings, each once.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options, load, output},
    edit::open_or_make,
};
use crate::{
    import::{
        Import,
        services::{ListedPair, pairs::answers_to},
    },
    settings::{
        ShoeSettings,
        edit::shoes::{NewPair, with_pair},
    },
};

pub(super) fn run(options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open_or_make(options)?;
    let loaded = load::load(options)?;
    let listed = listed(&loaded.import);
    if listed.is_empty() {
        bail!(
            "no shoes in this export: neither `shoes.csv` nor its list of activities names any (Strava's have to be in English)"
        );
    }
    let known = opened.settings.shoes.clone();
    let (there, new): (Vec<_>, Vec<_>) = listed.into_iter().partition(|pair| is_known(pair, &known));
    let mut text = Ok(opened.file.text().to_owned());
    for pair in &new {
        let pair = NewPair { name: pair.name.clone(), gear: pair.gear.clone(), ..NewPair::default() };
        text = text.and_then(|text| with_pair(&text, &pair));
    }
    if !there.is_empty() {
        output::print(&format!("there already: {}\n", names(&there)), options.color)?;
    }
    let did = format!("added {} without a first day: {}", pairs(new.len()), names(&new));
    let status = opened.edited(text)?.finish(options, dry_run, Some(&loaded), &did)?;
    if new.len() > 1 && !dry_run {
        let hint = "`treadlight shoes retire NAME --on DATE` for those that you no longer wear\n";
        output::print(hint, options.color)?;
    }
    Ok(status)
}

/// The pairs that the export lists, then those that only its runs name.
fn listed(import: &Import) -> Vec<ListedPair> {
    let mut listed = import.pairs.clone();
    for gear in import.runs.iter().filter_map(|run| run.gear.as_deref()) {
        if !listed.iter().any(|pair| answers_to(pair, gear)) {
            listed.push(ListedPair::named(gear));
        }
    }
    listed
}

fn is_known(pair: &ListedPair, known: &[ShoeSettings]) -> bool {
    known.iter().any(|shoe| pair.names().any(|name| shoe.answers_to(name)))
}

fn names(pairs: &[ListedPair]) -> String {
    pairs.iter().map(|pair| pair.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn pairs(count: usize) -> String {
    if count == 1 { "1 pair".to_owned() } else { format!("{count} pairs") }
}

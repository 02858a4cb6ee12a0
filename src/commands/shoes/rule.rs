//! `treadlight shoes rule`: which runs count for a pair.

use anyhow::{Result, bail};

use super::{
    super::{ExitStatus, Options, output::notice},
    edit::{history, open},
};
use crate::{
    report::sections::assignment::why_never,
    settings::{
        ShoeRule,
        edit::shoes::with_rule,
        shoe_rules::checks::{before_the_last, never_fitting},
    },
};

pub(super) fn run(rule: ShoeRule, options: &Options, dry_run: bool) -> Result<ExitStatus> {
    let opened = open(options)?;
    let pair = opened.pair(&rule.shoe)?.name.clone();
    let rule = ShoeRule { shoe: pair.clone(), ..rule };
    let text = with_rule(opened.file.text(), &rule);
    let edit = opened.edited(text)?;
    let (rules, shoes) = (&edit.after().shoe_rules, &edit.after().shoes);
    if let Some((_, never)) =
        never_fitting(rules, shoes).into_iter().find(|(number, _)| *number == rules.len())
    {
        bail!("a rule for `{pair}` with {rule} would never fit: {}", why_never(never, &pair));
    }
    for earlier in before_the_last(rules, shoes) {
        let before = &rules[earlier - 1];
        notice(&format!(
            "notice: rule {earlier} ({before}, for `{}`) comes first for runs that fit both",
            before.shoe
        ));
    }
    if let Ok(Some(loaded)) = history(options, &edit.after().clone())
        && !loaded.import.runs.iter().any(|run| rule.fits(run))
    {
        notice(&format!(
            "notice: no run so far fits {rule}: check the filter, or let it wait for one that does"
        ));
    }
    let did = format!("rule {}: runs with {rule} count for {pair}", rules.len());
    edit.finish(options, dry_run, None, &did)
}

//! `treadlight watch`: a check whenever the folders change.

use clap::Args;

use super::shared::Common;
use crate::commands::Command;

/// What `watch` takes.
#[derive(Args)]
pub(super) struct CliWatch {
    #[command(flatten)]
    common: Common,
    /// Look at the folders every so many seconds (30 without a number): for network shares, which have no events
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "30",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    poll: Option<u64>,
}

impl From<CliWatch> for Command {
    fn from(CliWatch { common, poll }: CliWatch) -> Self {
        Self::Watch { options: common.into(), poll_s: poll }
    }
}

//! `treadlight report`: the page, the charts, the text.

use std::path::PathBuf;

use clap::Args;

use super::shared::Common;
use crate::commands::{Command, Options, PictureScale, Report, Span};

/// What `report` takes.
#[derive(Args)]
pub(super) struct CliReport {
    #[command(flatten)]
    common: Common,
    /// Where report.html, the charts and warnings.txt go
    #[arg(long, value_name = "DIR", default_value = "treadlight-report")]
    out: PathBuf,
    /// How many weeks the charts show, or `all`; from about two years on they show months, then years
    #[arg(long, value_name = "N|all", default_value = "52", value_parser = parse_span)]
    span: Span,
    /// Size of the PNG charts: 1 is 1600 by 900 pixels, 2 is 3200 by 1800
    #[arg(long, value_name = "1|2", default_value = "1")]
    scale: PictureScale,
    /// Write the limits as a calendar too, such as limits.ics
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// Show the page in the browser
    #[arg(long)]
    open: bool,
    /// Show the rows and notes of the knee diary, too: they are health data
    #[arg(long)]
    with_diary: bool,
}

impl From<CliReport> for Command {
    fn from(cli: CliReport) -> Self {
        let CliReport { common, out, span, scale, ics, open, with_diary } = cli;
        Self::Report {
            options: Options { with_diary, ..common.into() },
            report: Report { out, span, scale, ics, open },
        }
    }
}

fn parse_span(text: &str) -> Result<Span, String> {
    if text == "all" {
        return Ok(Span::All);
    }
    match text.parse() {
        Ok(weeks) if weeks > 0 => Ok(Span::Weeks(weeks)),
        _ => Err("write a number of weeks, or `all`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_number_of_weeks_or_all() {
        assert_eq!(parse_span("all"), Ok(Span::All));
        assert_eq!(parse_span("12"), Ok(Span::Weeks(12)));
        assert!(parse_span("0").is_err());
        assert!(parse_span("-3").is_err());
    }
}

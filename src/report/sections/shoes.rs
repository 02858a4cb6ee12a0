//! Pairs of shoes: distance, a bar, their state and when they reach the next limit.

use chrono::NaiveDate;

use super::{Medium, Report, counted};
use crate::{
    analysis::{
        Analysis,
        shoes::{Shoe, ShoeState},
    },
    dates,
    report::{
        page::{Bar, Block, Page, Section, Tone},
        words,
    },
    units::{Distance, UnitSystem},
};

/// A blank at which no line ends: dates stay together.
const NO_BREAK: &str = "\u{a0}";
/// The name of what is in no pair.
const UNASSIGNED: &str = "unassigned";

/// What is said where no pair is set, and what to write.
const NONE_SET: &str = "none set. Name your pair in treadlight.toml (`treadlight init` writes one):";
const EXAMPLE: [&str; 4] =
    ["  [[shoes]]", "  name = \"Pegasus 40\"", "  from = 2026-03-01", "  default = true"];

/// What no file tells, said once.
const WALKING: &str = "Only runs count: no file says how far you walked in a pair.";

/// SHOES: the pairs in use, and what is in none.
pub(super) fn in_use(report: &Report<'_>) -> Option<Section> {
    let analysis = report.analysis;
    if analysis.shoes.pairs.is_empty() {
        return (report.medium != Medium::Mail).then(none_set);
    }
    let shown = analysis.shoes.pairs.iter().filter(|shoe| shoe.in_use);
    let has_room = report.medium == Medium::Page;
    let bars = shown.map(|shoe| {
        let fit = words::shoe_fit(&shoe.settings.fit).filter(|_| has_room);
        Line { shoe, units: report.units, as_of: analysis.as_of }.bar(fit.into_iter().collect())
    });
    let bars = bars.chain(unassigned(analysis, report.units)).collect();
    Some(Section::titled("Shoes", vec![Block::Bars(bars)]))
}

/// Every pair, retired ones too, with days, runs and shares.
#[must_use]
pub fn all(analysis: &Analysis, units: UnitSystem) -> Page {
    if analysis.shoes.pairs.is_empty() {
        return Page::of(vec![none_set()]);
    }
    let bar = |shoe| {
        let line = Line { shoe, units, as_of: analysis.as_of };
        let fit = words::shoe_fit(&shoe.settings.fit);
        line.bar([line.wear(), line.share_and_settings()].into_iter().chain(fit).collect())
    };
    let bars = analysis.shoes.pairs.iter().map(bar).chain(unassigned(analysis, units)).collect();
    Page::of(vec![Section::joined(vec![Block::Bars(bars), Block::text(Tone::Aside, WALKING)])])
}

fn none_set() -> Section {
    let example = EXAMPLE.iter().map(|&line| line.to_owned()).collect();
    Section::titled("Shoes", vec![Block::text(Tone::Plain, NONE_SET), Block::Code(example)])
}

fn unassigned(analysis: &Analysis, units: UnitSystem) -> Option<Bar> {
    (analysis.shoes.unassigned_m > 0).then(|| Bar {
        name: UNASSIGNED.to_owned(),
        distance: units.whole(analysis.shoes.unassigned_m),
        done: None,
        state: "in no pair: no rule or `default` fits them".to_owned(),
        details: Vec::new(),
    })
}

/// A pair as it is shown.
struct Line<'a> {
    shoe: &'a Shoe,
    units: UnitSystem,
    as_of: NaiveDate,
}

impl Line<'_> {
    /// Its distance in the unit of its window, its way to the window's end, and where it stands.
    fn bar(&self, details: Vec<String>) -> Bar {
        Bar {
            name: self.shoe.settings.name.clone(),
            distance: self.window()[0].written_in.whole(self.shoe.distance_m),
            done: Some((self.shoe.distance_m, self.shoe.settings.window[1].meters)),
            state: self.state(),
            details,
        }
    }

    /// Its window in the unit that it is shown in.
    fn window(&self) -> [Distance; 2] {
        words::window_in(self.shoe.settings.window, self.units)
    }

    fn retired(&self) -> Option<NaiveDate> {
        self.shoe.settings.retired.filter(|retired| *retired <= self.as_of)
    }

    /// Where it stands, and when it reaches the next limit.
    fn state(&self) -> String {
        let [start, end] = self.window();
        if let Some(retired) = self.retired() {
            let place = match self.shoe.state {
                ShoeState::Ok => String::new(),
                ShoeState::Window => ", in window".to_owned(),
                ShoeState::Past => format!(", past {end}"),
            };
            return format!("retired {}{place}", dates::long(retired));
        }
        let (text, limit) = match self.shoe.state {
            ShoeState::Past => return format!("past {end}"),
            ShoeState::Ok => ("", start),
            ShoeState::Window => ("in window, ", end),
        };
        match self.shoe.ahead() {
            Some((_, (early, late))) => {
                let when = words::date_range_after(early, late, self.as_of).replace(' ', NO_BREAK);
                format!("{text}reaches {limit} about {when}")
            }
            None => format!("{text}up to {limit}: not enough use to say when"),
        }
    }

    /// What was run in it: `513 km, 61 runs on 60 days, 7 Jul – 8 Nov 2026`.
    fn wear(&self) -> String {
        let worn = &self.shoe.worn;
        let Some((first, last)) = worn.first_run.zip(worn.last_run) else {
            let from = self.shoe.settings.from.map(|date| format!(", from {}", dates::long(date)));
            return format!("no run in it in your files{}", from.unwrap_or_default());
        };
        let runs = counted(self.shoe.runs, "run", "runs");
        let runs = format!("{runs} on {}, {}", counted(worn.days, "day", "days"), dates::range(first, last));
        if self.units == self.window()[0].written_in {
            runs
        } else {
            format!("{}, {runs}", self.units.whole(self.shoe.distance_m))
        }
    }

    /// Its share of late, and what the settings say of it: `86 % of the last 28 days; daily, 300–500 mi window`.
    fn share_and_settings(&self) -> String {
        let settings = &self.shoe.settings;
        let share = match self.retired() {
            Some(_) => String::new(),
            None => format!("{}; ", share_text(self.shoe.worn.share_of_28_days)),
        };
        let before = if settings.prior_distance_m > 0 {
            let before = self.window()[0].written_in.whole(settings.prior_distance_m);
            format!(", {before} before your files")
        } else {
            String::new()
        };
        let window = words::window_text(self.window());
        format!("{share}{}, {window} window{before}", settings.kind.as_str())
    }
}

fn share_text(share: Option<f64>) -> String {
    match share {
        None => "nothing run in the last 28 days".to_owned(),
        Some(share) if share <= 0.0 => "none of the last 28 days".to_owned(),
        Some(share) => format!("{:.0} % of the last 28 days", (100.0 * share).max(1.0)),
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::{
        analysis::{
            analyze, rules,
            testing::{day, run},
        },
        report::render::{Layout, text::text},
    };

    /// A run of 10 km every Tuesday from 6 January to 24 February 2026.
    fn table(toml: &str, units: UnitSystem, as_of: &str) -> Vec<String> {
        let runs: Vec<_> = (0..8)
            .map(|week| dates::days_after(day("2026-01-06"), 7 * week))
            .map(|date| run(&format!("{date}T08:00:00+01:00"), 10_000, 60))
            .collect();
        let analysis = analyze(&runs, &[], &rules::settings(toml).unwrap(), day(as_of)).unwrap();
        text(&all(&analysis, units), Layout::OF_FILES).lines().map(str::to_owned).collect()
    }

    const PAIR: &str = "[[shoes]]\nname = \"Ghost 15\"\nfrom = 2026-01-01\ndefault = true\n";

    #[test]
    fn a_pair_is_told_with_state_forecast_use_and_what_is_set() {
        let toml = format!("{PAIR}prior_distance = \"380 km\"");
        assert_eq!(
            table(&toml, UnitSystem::Kilometers, "2026-02-28"),
            [
                "Ghost 15   286 mi  █████░░░░░  reaches 300 mi about 16 Mar",
                "  460 km, 8 runs on 8 days, 6 Jan – 24 Feb 2026",
                "  100 % of the last 28 days; daily, 300–500 mi window, 236 mi before your files",
                WALKING
            ]
        );
    }

    #[test]
    fn a_retired_pair_says_since_when_and_how_far_it_came() {
        let state = |prior: &str| {
            let toml = format!("{PAIR}retired = 2026-02-24\nprior_distance = \"{prior} km\"");
            table(&toml, UnitSystem::Kilometers, "2026-02-28")[0].split_once("retired").unwrap().1.to_owned()
        };
        assert_eq!(state("0"), " 24 Feb 2026");
        assert_eq!(state("500"), " 24 Feb 2026, in window");
        assert_eq!(state("800"), " 24 Feb 2026, past 500 mi");
    }

    #[test]
    fn a_window_keeps_its_unit_but_for_a_runner_who_reads_miles() {
        let toml = format!("{PAIR}window = [\"480 km\", \"800 km\"]");
        let kilometers = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(kilometers[0].starts_with("Ghost 15    80 km"), "{}", kilometers[0]);
        assert!(kilometers[2].contains("480–800 km window"), "{}", kilometers[2]);
        let miles = table(&toml, UnitSystem::Miles, "2026-02-28");
        assert!(miles[0].starts_with("Ghost 15    50 mi"), "{}", miles[0]);
        assert!(miles[2].contains("298.3–497.1 mi window"), "{}", miles[2]);
    }

    #[test]
    fn a_forecast_in_another_year_says_which() {
        let toml = format!("{PAIR}window = [\"500 km\", \"800 km\"]");
        let lines = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(lines[0].ends_with("reaches 500 km about 19 Dec"), "{}", lines[0]);
        let toml = format!("{PAIR}window = [\"600 km\", \"800 km\"]");
        let lines = table(&toml, UnitSystem::Kilometers, "2026-02-28");
        assert!(lines[0].ends_with("reaches 600 km about 27 Feb 2027"), "{}", lines[0]);
    }

    #[test]
    fn no_line_is_wider_than_80_columns_whatever_the_names() {
        let names = [
            "跑鞋 一双很长的名字的跑鞋一双很长的名字",
            "a name that never ends and never ends",
            "\u{1b}[31mred\t",
        ];
        let pairs: String =
            names.iter().map(|name| format!("[[shoes]]\nname = {}\n", toml::Value::from(*name))).collect();
        for units in [UnitSystem::Kilometers, UnitSystem::Miles] {
            for line in table(&pairs, units, "2026-02-28") {
                assert!(line.width() <= 80 && !line.contains('\t'), "{line}");
            }
        }
    }
}

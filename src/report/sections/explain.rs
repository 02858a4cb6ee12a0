//! Why a file counts as it does: which value came from where, what was cut, what counts instead.

use super::training_load;
use crate::{
    activity::{Activity, DistanceSource, Format, SportSource, ZoneSource},
    dates,
    import::{
        Import,
        judge::duplicates::Duplicate,
        skipped::{SkipReason, Skipped},
    },
    report::page::{Block, Pair, PairsForm, Section},
    settings::AthleteSettings,
    units::UnitSystem,
};

/// What is asked about.
#[derive(Debug, Default)]
pub struct Found<'a> {
    /// Activities that count; of runs also what only the whole history tells, by name: cadence, pair of shoes.
    pub activities: Vec<(&'a Activity, Vec<(&'static str, String)>)>,
    /// Activities that another file tells.
    pub duplicates: Vec<&'a Duplicate>,
    /// What does not count.
    pub skipped: Vec<&'a Skipped>,
}

impl<'a> Found<'a> {
    /// Everything that a file (its name, or the end of it) or an activity's id stands for.
    pub fn find(
        import: &'a Import,
        what: &str,
        of_run: impl Fn(usize) -> Vec<(&'static str, String)>,
    ) -> Self {
        let is_meant = |activity: &Activity| activity.id == what || is_named(&activity.file, what);
        let runs = import.runs.iter().enumerate().filter(|(_, run)| is_meant(run));
        let others = import.others.iter().filter(|other| is_meant(other)).map(|other| (other, Vec::new()));
        Self {
            activities: runs.map(|(i, run)| (run, of_run(i))).chain(others).collect(),
            duplicates: import.duplicates.iter().filter(|d| is_named(&d.activity.file, what)).collect(),
            skipped: import
                .skipped
                .iter()
                .filter(|skipped| is_named(&skipped.file, what) || skipped.reason.excludes(what))
                .collect(),
        }
    }

    /// Whether nothing is known of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.activities.is_empty() && self.duplicates.is_empty() && self.skipped.is_empty()
    }
}

/// `2026/a.fit` is named by itself and by `a.fit`, not by `fit`.
fn is_named(file: &str, what: &str) -> bool {
    file.strip_suffix(what).is_some_and(|before| before.is_empty() || before.ends_with('/'))
}

/// Everything about what was found.
#[must_use]
pub fn explain(
    import: &Import,
    found: &Found<'_>,
    athlete: &AthleteSettings,
    units: UnitSystem,
) -> Vec<Section> {
    let activities = found.activities.iter().map(|(activity, of_history)| {
        let counts = match (activity.is_run(), activity.race) {
            (false, _) => "is no run",
            (true, false) => "counts as a run",
            (true, true) => "counts as a run, a race by your own word",
        };
        let mut pairs = values(activity, units);
        if activity.is_run() {
            pairs.push(value("load", training_load::of_run(activity, athlete)));
        }
        pairs.extend(of_history.iter().map(|(name, text)| value(name, text)));
        pairs.extend(notes(activity));
        let is_twin = |twin: &&Duplicate| twin.of == activity.file && twin.of_start == activity.start;
        let twins = import.duplicates.iter().filter(is_twin);
        pairs.extend(twins.map(|twin| value("twice", format!("{}: {}", twin.activity.file, twin.because))));
        of_file(&activity.file, &format!("{counts} ({})", activity.id), pairs)
    });
    let duplicates = found.duplicates.iter().map(|duplicate| {
        let pairs = values(&duplicate.activity, units).into_iter().chain(notes(&duplicate.activity));
        let because = format!("does not count: {}", duplicate.because);
        of_file(&duplicate.activity.file, &because, pairs.collect())
    });
    let skipped = found.skipped.iter().map(|skipped| {
        let back = match &skipped.reason {
            SkipReason::Excluded { ids: [_, written], .. } => {
                vec![value("take back", format!("`treadlight runs restore {written}`"))]
            }
            _ => Vec::new(),
        };
        of_file(&skipped.file, &format!("does not count: {}", skipped.reason), back)
    });
    activities.chain(duplicates).chain(skipped).collect()
}

fn of_file(file: &str, text: &str, pairs: Vec<Pair>) -> Section {
    Section::named(format!("{file}: {text}"), vec![Block::Pairs(PairsForm::Values, pairs)])
}

fn value(name: &str, value: impl Into<String>) -> Pair {
    Pair { name: name.to_owned(), value: value.into(), reasons: Vec::new() }
}

fn values(activity: &Activity, units: UnitSystem) -> Vec<Pair> {
    let index = activity.index.as_deref().unwrap_or("the index");
    let mut pairs: Vec<Pair> = activity.name.iter().map(|name| value("name", name)).collect();
    pairs.push(value("sport", sport_text(activity, index)));
    pairs.push(value("start", start_text(activity, index)));
    pairs.push(value("distance", distance_text(activity, index, units)));
    pairs.extend(time_texts(activity, index).into_iter().map(|(name, text)| value(name, text)));
    if let Some(bpm) = activity.average_heart_rate_bpm {
        let max = activity.max_heart_rate_bpm.map_or_else(String::new, |max| format!(", highest {max:.0}"));
        pairs.push(value("heart rate", format!("{bpm:.0} bpm on average{max}")));
    }
    if let (Some(up), Some(down)) = (activity.ascent_m, activity.descent_m) {
        pairs.push(value("climb", format!("{up:.0} m up, {down:.0} m down")));
    }
    pairs.extend(activity.device.iter().map(|device| value("device", device)));
    pairs.extend(activity.index.iter().map(|index| value("index", format!("{index} lists it too"))));
    pairs
}

fn notes(activity: &Activity) -> impl Iterator<Item = Pair> {
    activity.notes.iter().map(|note| value("!", note.to_string()))
}

fn sport_text(activity: &Activity, index: &str) -> String {
    let sport = match &activity.sub_sport {
        Some(kind) => format!("{} ({kind})", activity.sport),
        None => activity.sport.to_string(),
    };
    let source = match activity.sport_source {
        SportSource::File if activity.format == Format::Index => format!("{index} says so"),
        SportSource::File => "the file says so".to_owned(),
        SportSource::Index => format!("{index} says so"),
        SportSource::Name => "taken from its name".to_owned(),
        SportSource::Speed => "assumed from its speed: nothing else says".to_owned(),
        SportSource::Nothing => "neither file, name nor speed says".to_owned(),
        SportSource::Settings => "set in treadlight.toml".to_owned(),
    };
    format!("{sport}: {source}")
}

fn start_text(activity: &Activity, index: &str) -> String {
    let day = activity.local_date();
    let source = match activity.zone_source {
        ZoneSource::Stated => "the offset stands in the file".to_owned(),
        ZoneSource::Index => format!("the offset stands in {index}"),
        ZoneSource::Position(zone) => {
            format!("the file has UTC only; {zone} is the zone of its first position")
        }
        ZoneSource::Runner(zone) => {
            format!("the file has UTC only; {zone} is the zone of your settings or this machine")
        }
    };
    format!("{} {}: {source}", dates::long(day), activity.start.format("%H:%M:%S %:z"))
}

fn distance_text(activity: &Activity, index: &str, units: UnitSystem) -> String {
    let shown = |meters: f64| format!("{:.2} {}", units.from_meters(meters), units.symbol());
    let Some(meters) = activity.distance_m else {
        return "unknown: neither device, track nor index says".to_owned();
    };
    let source = match activity.distance_source {
        Some(DistanceSource::Session) => "the device's total",
        Some(DistanceSource::Records) => "the device's running total in its records",
        Some(DistanceSource::Track) => "summed over its positions",
        Some(DistanceSource::Settings) => "set in treadlight.toml",
        Some(DistanceSource::Index) | None => index,
    };
    let others: Vec<String> = [
        (DistanceSource::Session, "device", activity.distances.session_m),
        (DistanceSource::Records, "records", activity.distances.records_m),
        (DistanceSource::Track, "positions", activity.distances.track_m),
        (DistanceSource::Index, index, activity.distances.index_m),
    ]
    .into_iter()
    .filter(|(source, ..)| activity.distance_source != Some(*source))
    .filter_map(|(_, name, meters)| Some(format!("{name} {}", shown(meters?))))
    .collect();
    let others = if others.is_empty() { String::new() } else { format!("; not used: {}", others.join(", ")) };
    format!("{}, {source}{others}", shown(meters))
}

fn time_texts(activity: &Activity, index: &str) -> Vec<(&'static str, String)> {
    let has_points = activity.distances.track_m.or(activity.distances.records_m).is_some();
    let of_index = activity.format == Format::Index || !has_points;
    let moving = match activity.timer_time_s {
        Some(_) if activity.format == Format::Index => format!("the timer, says {index}"),
        Some(_) => "the device's timer: watch running, without pauses".to_owned(),
        None if of_index => format!("says {index}"),
        None => "time faster than 0.5 m/s: the file has no timer".to_owned(),
    };
    [
        activity.moving_time_s.map(|seconds| ("moving time", format!("{}, {moving}", clock(seconds)))),
        activity.running_time_s.filter(|_| activity.is_run()).map(|seconds| {
            ("running", format!("{}, at 140 steps a minute or 1.9 m/s and faster", clock(seconds)))
        }),
        activity.elapsed_time_s.map(|seconds| ("elapsed", format!("{}, from start to stop", clock(seconds)))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `h:mm:ss`.
fn clock(seconds: f64) -> String {
    let seconds = seconds.round() as i64;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_path_or_the_end_of_it_at_a_slash() {
        assert!(is_named("2026/a.fit", "2026/a.fit"));
        assert!(is_named("2026/a.fit", "a.fit"));
        assert!(!is_named("2026/a.fit", ".fit"));
        assert!(!is_named("2026/a.fit", "b.fit"));
    }

    #[test]
    fn times_are_hours_minutes_seconds() {
        assert_eq!([clock(59.6), clock(3_600.0), clock(7_265.0)], ["0:01:00", "1:00:00", "2:01:05"]);
    }
}

//! Which sport an activity is: what its file says, else its name, else its speed.
//!
//! 1. The word of the file or index (F8), by one table for all ([`crate::import::words`]): `TrailRun`, `running:street`, `Correr`.
//!    A word that names another sport beside "run" (`ski_run`) is that sport, unless it is walked (`Run/Walk`).
//! 2. A FIT file's `generic`, `training` or `fitness_equipment` is a run if its sub-sport is one that runs, else what it
//!    says: never guessed.
//! 3. A word that names no sport (`Other`, `Track`), or none: the name of the activity, of its file, of its folders, then
//!    the maker's, where only another sport counts. A name that speaks of both is a run if its speed fits one.
//! 4. The speed: 1.7 to 4.2 m/s is a run, up to 6.0 m/s over no more than 5 km. Faster and longer only where this
//!    runner's typed runs are that fast ([`be_a_run_as_fast_as_typed_ones`]), else unknown.

use super::assessed::Assessed;
use crate::{
    activity::{Activity, Note, Sport, SportSource},
    import::{
        names::file_stem,
        words::{self, KINDS},
    },
};

/// Without any other hint an activity of this moving speed is a run (metres a second).
const RUN_SPEED_MPS: std::ops::RangeInclusive<f64> = 1.7..=4.2;
/// The same for an activity of no more than [`SHORT_M`], or of a runner who is known to be that fast.
const FASTEST_RUN_SPEED_MPS: f64 = 6.0;
/// So far many can run faster than they do for an hour.
const SHORT_M: f64 = 5_000.0;
/// A name may say "run", but not of something this slow or fast.
const NAMED_RUN_SPEED_MPS: std::ops::RangeInclusive<f64> = 0.8..=6.7;
/// Typed runs faster than this are rides of the wrong type.
const TYPED_RUN_UP_TO_MPS: f64 = 6.7;

/// A decided sport.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The sport; `unknown` where nothing tells.
    pub sport: Sport,
    /// The finer kind, if the word held one.
    pub sub_sport: Option<String>,
    /// How it was decided, if not by the file itself.
    pub note: Option<Note>,
}

impl Decision {
    fn plain(sport: Sport) -> Self {
        Self { sport, sub_sport: None, note: None }
    }
}

/// The names by which an activity can be known, and how fast and far it went.
#[derive(Clone, Debug, Default)]
pub struct Hints<'a> {
    /// The activity's name.
    pub name: &'a str,
    /// Path of its file inside the folder.
    pub file: &'a str,
    /// Maker and model.
    pub device: &'a str,
    /// Metres a second; `None` where there was too little movement to tell.
    pub moving_speed_mps: Option<f64>,
    /// Metres.
    pub distance_m: Option<f64>,
}

/// Decides the sport of an activity by the word `said` in the file, else by hints.
pub fn decide(said: Option<&Sport>, hints: &Hints<'_>) -> Decision {
    if let Some(decision) = said.and_then(from_word) {
        return decision;
    }
    if let Some(sport) = from_names(hints) {
        return Decision { note: Some(Note::SportFromName), ..Decision::plain(sport) };
    }
    let is_short = hints.distance_m.is_none_or(|meters| meters <= SHORT_M);
    let fastest = if is_short { FASTEST_RUN_SPEED_MPS } else { *RUN_SPEED_MPS.end() };
    if hints.moving_speed_mps.is_some_and(|speed| (*RUN_SPEED_MPS.start()..=fastest).contains(&speed)) {
        return Decision { note: Some(Note::SportAssumedFromSpeed), ..Decision::plain(Sport::running()) };
    }
    Decision::plain(said.filter(|said| !said.as_str().is_empty()).cloned().unwrap_or(Sport::known("unknown")))
}

/// A file's own word; `None` for one that names no sport. Strava writes numbers.
pub(crate) fn from_word(said: &Sport) -> Option<Decision> {
    let word = said.as_str();
    let sport = match word {
        "running" | "9" => "running",
        "1" | "17" => "cycling",
        "4" => "hiking",
        "10" => "walking",
        "16" => "swimming",
        _ => return by_meaning(said),
    };
    Some(Decision::plain(Sport::known(sport)))
}

/// The runner's own word, which stands even if it names no sport.
pub(crate) fn of_the_runner(said: &Sport) -> Decision {
    from_word(said).unwrap_or_else(|| Decision::plain(said.clone()))
}

fn by_meaning(said: &Sport) -> Option<Decision> {
    let meaning = words::meaning(said.as_str());
    if meaning.no_sport {
        return None;
    }
    match meaning.other {
        None if meaning.run => Some(running_kind(said.as_str())),
        Some(other) if meaning.run && words::is_on_foot(other) => Some(running_kind(said.as_str())),
        // the everyday sports have one word each, rarer ones keep theirs
        Some(other)
            if matches!(other, "cycling" | "walking" | "hiking" | "swimming") && is_one_word(said) =>
        {
            Some(Decision::plain(Sport::known(other)))
        }
        _ => Some(Decision::plain(said.clone())),
    }
}

fn is_one_word(said: &Sport) -> bool {
    words::words(said.as_str()).len() == 1
}

/// `trail_running`, `virtual_run`, `running:street` …: a run of a kind.
fn running_kind(word: &str) -> Decision {
    let kind = word.strip_suffix("_running").or_else(|| word.strip_suffix("_run")).map(str::to_owned);
    let kind = kind.or_else(|| {
        let words = words::words(word);
        KINDS.iter().find(|kind| words.iter().any(|word| word == *kind)).map(|kind| (*kind).to_owned())
    });
    Decision { sub_sport: kind, ..Decision::plain(Sport::running()) }
}

/// A FIT file's sub-sports that are running whatever the sport beside them.
const RUNNING_SUB_SPORTS: [&str; 5] = ["treadmill", "trail", "street", "track", "indoor_running"];
/// FIT's sports that name none.
const VAGUE_FIT_SPORTS: [&str; 3] = ["generic", "training", "fitness_equipment"];

/// What a FIT file says: its vague sports are runs by their sub-sport, and are never guessed.
pub(crate) fn from_fit(said: &Sport, sub_sport: Option<&str>) -> Option<Decision> {
    if !VAGUE_FIT_SPORTS.contains(&said.as_str()) {
        return from_word(said);
    }
    let runs = sub_sport.is_some_and(|kind| RUNNING_SUB_SPORTS.contains(&kind));
    Some(Decision::plain(if runs { Sport::running() } else { said.clone() }))
}

/// The sport that the names speak of: the activity's, the file's, the folders', the maker's.
fn from_names(hints: &Hints<'_>) -> Option<Sport> {
    let folders = hints.file.rsplit('/').skip(1);
    let names = [hints.name, file_stem(hints.file)].into_iter().chain(folders);
    let of_maker = || words::meaning(hints.device).other;
    let named = names.into_iter().find_map(|name| from_name(name, hints.moving_speed_mps));
    named.or_else(of_maker).map(Sport::known)
}

/// The sport that a name speaks of.
fn from_name(name: &str, moving_speed_mps: Option<f64>) -> Option<&'static str> {
    let meaning = words::meaning(name);
    let fits =
        |range: std::ops::RangeInclusive<f64>| moving_speed_mps.is_none_or(|speed| range.contains(&speed));
    match meaning.other {
        None => (meaning.run && fits(NAMED_RUN_SPEED_MPS)).then_some("running"),
        Some(other) if !meaning.run || meaning.other_kind_of_run => Some(other),
        Some(other) if words::is_on_foot(other) && fits(NAMED_RUN_SPEED_MPS) => Some("running"),
        Some(other) => Some(if fits(RUN_SPEED_MPS) { "running" } else { other }),
    }
}

/// Takes activities of unknown sport for runs whose speed this runner's typed runs reach too.
pub(crate) fn be_a_run_as_fast_as_typed_ones(activities: &mut [Assessed]) {
    let is_typed = |activity: &Activity| {
        activity.is_run() && matches!(activity.sport_source, SportSource::File | SportSource::Index)
    };
    let typed = activities.iter().map(|one| &one.activity).filter(|activity| is_typed(activity));
    let speeds =
        typed.filter(|run| run.distance_m.is_some_and(|meters| meters > SHORT_M)).filter_map(speed_mps);
    let fastest = speeds.filter(|speed| *speed <= TYPED_RUN_UP_TO_MPS).fold(0.0, f64::max);
    for Assessed { activity, .. } in activities {
        let is_unknown =
            activity.sport_source == SportSource::Nothing && activity.moving_time_s >= Some(60.0);
        let reaches =
            |speed: f64| speed >= *RUN_SPEED_MPS.start() && speed <= fastest.min(FASTEST_RUN_SPEED_MPS);
        if is_unknown && speed_mps(activity).is_some_and(reaches) {
            activity.sport = Sport::running();
            activity.sport_source = SportSource::Speed;
            activity.notes.push(Note::SportAssumedFromSpeed);
        }
    }
}

fn speed_mps(activity: &Activity) -> Option<f64> {
    Some(activity.distance_m? / activity.moving_time_s.filter(|seconds| *seconds > 0.0)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(said: Option<&str>, name: &str, speed: Option<f64>) -> (String, Option<Note>) {
        let hints = Hints { name, moving_speed_mps: speed, ..Hints::default() };
        let decision = decide(said.map(Sport::new).as_ref(), &hints);
        (decision.sport.to_string(), decision.note)
    }

    #[test]
    fn the_files_own_word_stands_whatever_name_and_speed() {
        assert_eq!(decided(Some("Biking"), "Morning Run", Some(3.0)), ("cycling".into(), None));
        assert_eq!(decided(Some("Run"), "Ride", Some(0.3)), ("running".into(), None));
        assert_eq!(decided(Some("kayaking"), "", Some(3.0)), ("kayaking".into(), None));
        assert_eq!(decided(Some("Padel"), "run", Some(3.0)), ("padel".into(), None));
    }

    #[test]
    fn stravas_numbers_are_sports() {
        for (number, sport) in
            [("9", "running"), ("1", "cycling"), ("10", "walking"), ("16", "swimming"), ("17", "cycling")]
        {
            assert_eq!(decided(Some(number), "", None).0, sport);
        }
    }

    #[test]
    fn a_kind_of_running_is_running_with_a_sub_sport() {
        for (word, kind) in [
            ("Trail Running", Some("trail")),
            ("TrailRun", Some("trail")),
            ("running:street", Some("street")),
            ("Run (treadmill)", Some("treadmill")),
            ("Course à pied", None),
        ] {
            let decision = decide(Some(&Sport::new(word)), &Hints::default());
            assert_eq!((decision.sport, decision.sub_sport.as_deref()), (Sport::running(), kind), "{word}");
        }
    }

    #[test]
    fn another_sport_with_run_in_its_word_is_that_sport_and_a_walk_run_is_a_run() {
        let sport = |word| decided(Some(word), "", Some(2.8)).0;
        assert_eq!(["ski_run", "SwimRun", "Skilanglauf"].map(sport), ["ski_run", "swim_run", "skilanglauf"]);
        assert_eq!(["Run/Walk", "walk_run"].map(sport), ["running"; 2]);
    }

    #[test]
    fn a_vague_fit_sport_is_a_run_by_its_sub_sport_and_never_guessed() {
        let sport =
            |sport, kind| from_fit(&Sport::new(sport), kind).map(|decision| decision.sport.to_string());
        assert_eq!(sport("fitness_equipment", Some("treadmill")).as_deref(), Some("running"));
        assert_eq!(sport("generic", Some("trail")).as_deref(), Some("running"));
        assert_eq!(sport("generic", None).as_deref(), Some("generic"));
        assert_eq!(sport("fitness_equipment", Some("elliptical")).as_deref(), Some("fitness_equipment"));
        assert_eq!(sport("walking", Some("treadmill")).as_deref(), Some("walking"));
    }

    #[test]
    fn without_a_word_the_name_tells_if_the_speed_fits() {
        assert_eq!(
            decided(None, "20170708-154835-Run", Some(3.0)),
            ("running".into(), Some(Note::SportFromName))
        );
        assert_eq!(decided(None, "Swim", Some(3.0)), ("swimming".into(), Some(Note::SportFromName)));
        assert_eq!(decided(Some("unknown"), "run", Some(9.0)), ("unknown".into(), None));
    }

    #[test]
    fn a_name_that_speaks_of_a_run_and_of_a_ride_is_told_by_speed() {
        assert_eq!(decided(None, "From the bike path a run", Some(2.9)).0, "running");
        assert_eq!(decided(None, "From the bike path a run", Some(5.1)).0, "cycling");
        assert_eq!(decided(None, "Motorcycle run", Some(2.9)).0, "motor");
        assert_eq!(decided(None, "walk/run", Some(1.9)).0, "running");
    }

    #[test]
    fn a_folder_tells_what_its_files_do_not_and_a_maker_tells_other_sports_only() {
        let sport = |file, device| {
            let hints = Hints { file, device, moving_speed_mps: Some(3.0), ..Hints::default() };
            decide(None, &hints).sport.to_string()
        };
        assert_eq!(sport("Radtouren/2025/Sonntag.gpx", ""), "cycling");
        assert_eq!(sport("2025/Sonntag.gpx", "City Biker"), "cycling");
        assert_eq!(sport("Rides/easy run.gpx", ""), "running");
    }

    #[test]
    fn without_word_and_name_the_speed_tells_between_1_7_and_4_2_or_6_0_over_5_km() {
        let at = |speed, meters| {
            let hints = Hints { moving_speed_mps: Some(speed), distance_m: Some(meters), ..Hints::default() };
            decide(None, &hints).sport.to_string()
        };
        assert_eq!(
            [1.69, 1.7, 4.2, 4.21].map(|speed| at(speed, 5_001.0)),
            ["unknown", "running", "running", "unknown"]
        );
        assert_eq!([6.0, 6.01].map(|speed| at(speed, 5_000.0)), ["running", "unknown"]);
        assert_eq!(decided(None, "", Some(3.0)).1, Some(Note::SportAssumedFromSpeed));
        assert_eq!(decided(None, "", None), ("unknown".into(), None));
        assert_eq!(decided(Some("Other"), "", Some(1.0)), ("other".into(), None));
    }
}

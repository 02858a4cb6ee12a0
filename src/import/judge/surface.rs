//! What a run was run on: its finer kind (the file's or the index's), else its name where that speaks of a run of a kind.
//!
//! A run outdoors without such a word may have been anywhere: that is unknown, and never taken for a road.

use crate::{
    activity::{Activity, Surface},
    import::words,
};

/// The surface of a run.
pub(crate) fn of(run: &Activity) -> Surface {
    let by_kind = run.sub_sport.as_deref().and_then(of_kind);
    by_kind.or_else(|| run.name.as_deref().and_then(of_name)).unwrap_or_default()
}

fn of_kind(kind: &str) -> Option<Surface> {
    Some(match kind {
        "street" | "road" => Surface::Road,
        "trail" => Surface::Trail,
        "track" => Surface::Track,
        // who runs in a game runs on a belt
        "treadmill" | "indoor_running" | "indoor" | "virtual_activity" | "virtual" => Surface::Treadmill,
        _ => return None,
    })
}

/// `Morning Trail Run`, `Laufband`: a name has to say that it speaks of a run.
fn of_name(name: &str) -> Option<Surface> {
    words::run_of_a_kind(name).and_then(of_kind)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::activity::{Format, Sport};

    fn surface(kind: Option<&str>, name: Option<&str>) -> &'static str {
        let start = DateTime::parse_from_rfc3339("2026-11-02T18:00:00+01:00").unwrap();
        let mut run = Activity::new("a.fit", Format::Fit, Sport::running(), start);
        (run.sub_sport, run.name) = (kind.map(str::to_owned), name.map(str::to_owned));
        of(&run).name()
    }

    #[test]
    fn the_finer_kind_tells_the_surface() {
        for (kind, expected) in [
            ("street", "road"),
            ("road", "road"),
            ("trail", "trail"),
            ("track", "track"),
            ("treadmill", "treadmill"),
            ("indoor_running", "treadmill"),
            ("virtual_activity", "treadmill"),
            ("ultra", "unknown"),
            ("obstacle", "unknown"),
        ] {
            assert_eq!(surface(Some(kind), None), expected, "{kind}");
        }
    }

    #[test]
    fn a_name_tells_it_where_it_speaks_of_a_run_of_a_kind_and_the_kind_stands_first() {
        assert_eq!(surface(None, Some("Morning Trail Run")), "trail");
        assert_eq!(surface(None, Some("Laufband")), "treadmill");
        assert_eq!(surface(None, Some("Track run, 8 × 400")), "track");
        assert_eq!(surface(Some("street"), Some("Trail Run")), "road");
    }

    #[test]
    fn a_name_that_only_holds_the_word_and_no_name_at_all_say_nothing() {
        for name in [Some("Track 12"), Some("Rail trail loop"), Some("Morning Run"), None] {
            assert_eq!(surface(None, name), "unknown", "{name:?}");
        }
    }
}

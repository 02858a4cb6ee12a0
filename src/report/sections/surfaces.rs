//! What was run on, and how much it climbed a kilometre, by month and by week. Only the page has it.

use super::Report;
use crate::{
    activity::Surface,
    dates,
    fields::beside::Ground,
    report::page::{Block, Column, Row, Section, Table},
    units::UnitSystem,
};

/// Months, and weeks, that are shown.
const SHOWN: usize = 12;
const FEET_PER_MILE_A_METRE_PER_KM: f64 = 5.28;

/// The newest month in a sentence, months and weeks unfolding below it; none where nothing of it is known.
pub(super) fn section(report: &Report<'_>) -> Option<Section> {
    let (beside, units) = (&report.analysis.beside, report.units);
    let months: Vec<(String, &Ground)> =
        beside.months.iter().map(|(first, ground)| (first.format("%b %Y").to_string(), ground)).collect();
    let weeks: Vec<(String, &Ground)> =
        beside.weeks.iter().map(|week| (dates::long(week.week_start), &week.ground)).collect();
    let newest = months.iter().rev().find(|(_, ground)| ground.total_m() > 0)?;
    months.iter().any(|(_, ground)| is_known(ground)).then(|| {
        let more = |summary: String, name: &str, periods: &[(String, &Ground)]| Block::More {
            summary,
            inside: vec![Block::Table(table(name, periods, units))],
        };
        Section::joined(vec![
            more(format!("Surfaces and climb by month; {}", sentence(newest, units)), "month", &months),
            more("The same by week".to_owned(), "week", &weeks),
        ])
    })
}

fn is_known(ground: &Ground) -> bool {
    ground.ascent_m_per_km.is_some()
        || ground.descent_m_per_km.is_some()
        || ground.surface_m(Surface::Unknown) < ground.total_m()
}

/// `Nov 2026: trail 45 %, not known 55 %; 6 m up and 7 m down a kilometre.`
fn sentence((name, ground): &(String, &Ground), units: UnitSystem) -> String {
    let (unit, a_distance) = match units {
        UnitSystem::Kilometers => ("m", "a kilometre"),
        UnitSystem::Miles => ("ft", "a mile"),
    };
    let climbs = [(ground.ascent_m_per_km, "up"), (ground.descent_m_per_km, "down")];
    let climbs =
        climbs.map(|(climb, way)| climb.map(|_| format!("{} {unit} {way}", steepness(climb, units))));
    let climbs: Vec<String> = climbs.into_iter().flatten().collect();
    let climbs =
        if climbs.is_empty() { String::new() } else { format!("; {} {a_distance}", climbs.join(" and ")) };
    format!("{name}, {}: {}{climbs}.", units.short(ground.total_m()), shares(ground))
}

/// The newest periods with a run, newest first: shares of their distance, climb and descent.
fn table(period: &str, periods: &[(String, &Ground)], units: UnitSystem) -> Table {
    let run = periods.iter().rev().filter(|(_, ground)| ground.total_m() > 0);
    let (up, down) = match units {
        UnitSystem::Kilometers => ("up m/km", "down m/km"),
        UnitSystem::Miles => ("up ft/mi", "down ft/mi"),
    };
    let columns = vec![
        Column::left(period, 12, Some(12)),
        Column::right(units.symbol(), 8, Some(8)),
        Column::right(up, 11, Some(9)),
        Column::right(down, 11, Some(11)),
        Column::left("surfaces", 0, Some(0)),
    ];
    let row = |(name, ground): &(String, &Ground)| {
        let climbs = [ground.ascent_m_per_km, ground.descent_m_per_km].map(|climb| steepness(climb, units));
        let [up, down] = climbs;
        Row {
            cells: vec![name.clone(), units.number(ground.total_m()), up, down, shares(ground)],
            ..Row::default()
        }
    };
    Table::plain(columns, run.take(SHOWN).map(row).collect())
}

/// `trail 45 %, not known 55 %`: shares of the distance.
fn shares(ground: &Ground) -> String {
    let used = Surface::ALL.into_iter().filter(|surface| ground.surface_m(*surface) > 0);
    let share = |surface: Surface| {
        let name = if surface == Surface::Unknown { "not known" } else { surface.name() };
        format!("{name} {:.0} %", 100.0 * ground.surface_m(surface) as f64 / ground.total_m() as f64)
    };
    used.map(share).collect::<Vec<_>>().join(", ")
}

fn steepness(metres_per_km: Option<f64>, units: UnitSystem) -> String {
    let in_units = metres_per_km.map(|climb| match units {
        UnitSystem::Kilometers => climb,
        UnitSystem::Miles => climb * FEET_PER_MILE_A_METRE_PER_KM,
    });
    in_units.map_or_else(|| "–".to_owned(), |climb| format!("{climb:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_the_whole_distance_and_climb_is_in_the_runners_units() {
        let ground = Ground {
            surfaces_m: [0, 4_500, 0, 500, 5_000],
            ascent_m_per_km: Some(20.0),
            descent_m_per_km: None,
        };
        let month = ("Mar 2026".to_owned(), &ground);
        assert_eq!(
            sentence(&month, UnitSystem::Kilometers),
            "Mar 2026, 10.0 km: trail 45 %, treadmill 5 %, not known 50 %; 20 m up a kilometre."
        );
        let table = table("month", &[month], UnitSystem::Kilometers);
        assert_eq!(
            table.rows[0].cells,
            ["Mar 2026", "10.0", "20", "–", "trail 45 %, treadmill 5 %, not known 50 %"]
        );
        assert_eq!(steepness(Some(20.0), UnitSystem::Miles), "106", "20 m a km are 105.6 ft a mile");
    }
}

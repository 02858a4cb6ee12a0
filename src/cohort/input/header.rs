//! The columns of a table of sessions, by the names that are taken.

use thiserror::Error;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whose session it is.
    Athlete,
    /// Local start.
    Start,
    /// Local date.
    Date,
    /// Distance in metres.
    Meters,
    /// Distance in kilometres.
    Kilometers,
    /// Duration in seconds.
    Seconds,
    /// Duration in minutes.
    Minutes,
    /// The sport.
    Sport,
    /// Whether it was a race.
    Race,
    /// Whether it was on a treadmill.
    Treadmill,
    /// Descent in metres.
    Descent,
    /// Seconds of running.
    Running,
}

/// Every column that is read: what it is, and the names that it may have, the proper one first.
pub static COLUMNS: &[(Role, &[&str])] = &[
    (Role::Athlete, &["athlete_id", "athlete", "person_id", "id"]),
    (Role::Start, &["start", "datetime"]),
    (Role::Date, &["date", "date_local"]),
    (Role::Meters, &["distance_m"]),
    (Role::Kilometers, &["distance_km"]),
    (Role::Seconds, &["duration_s"]),
    (Role::Minutes, &["duration_min"]),
    (Role::Sport, &["sport"]),
    (Role::Race, &["race"]),
    (Role::Treadmill, &["treadmill"]),
    (Role::Descent, &["descent_m"]),
    (Role::Running, &["running_s"]),
];

/// Names whose unit is not known.
const UNIT_UNKNOWN: [(&str, &str); 2] =
    [("distance", "distance_m or distance_km"), ("duration", "duration_s or duration_min")];

/// Why a table cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HeaderError {
    /// A column is missing.
    #[error(
        "no column `{missing}`: the first line must name `athlete_id`, `start` or `date`, and `distance_m` or `distance_km`; it has {found}"
    )]
    Missing {
        /// The column.
        missing: &'static str,
        /// What there is.
        found: String,
    },
    /// A column has no unit.
    #[error("column `{column}`: its unit is not known; name it {instead}")]
    NoUnit {
        /// The column.
        column: String,
        /// What to name it.
        instead: &'static str,
    },
    /// A column stands twice.
    #[error("two columns for the same: `{first}` and `{second}`; leave one")]
    Twice {
        /// One.
        first: String,
        /// The other.
        second: String,
    },
}

/// Where the columns stand that are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Positions and what stands there, in the order of the table.
    pub columns: Vec<(usize, Role)>,
}

impl Header {
    /// Of the names in the first line.
    ///
    /// # Errors
    /// Where a column that must be there is not, has no unit, or stands twice.
    pub fn of(names: &[String]) -> Result<Self, HeaderError> {
        let mut columns: Vec<(usize, Role)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let name = clean(name);
            let Some(role) = role(&name) else { continue };
            if let Some((first, _)) = columns.iter().find(|(_, known)| is_the_same(*known, role)) {
                return Err(HeaderError::Twice { first: names[*first].clone(), second: names[at].clone() });
            }
            columns.push((at, role));
        }
        let has = |wanted: &[Role]| columns.iter().any(|(_, role)| wanted.contains(role));
        let missing = |missing| Err(HeaderError::Missing { missing, found: list(names) });
        if !has(&[Role::Athlete]) {
            return missing("athlete_id");
        }
        if !has(&[Role::Start, Role::Date]) {
            return missing("start");
        }
        if !has(&[Role::Meters, Role::Kilometers]) {
            return no_unit(names, 0).map_or_else(|| missing("distance_m"), Err);
        }
        if let Some(error) = no_unit(names, 1).filter(|_| !has(&[Role::Seconds, Role::Minutes])) {
            return Err(error);
        }
        Ok(Self { columns })
    }

    /// The position of a column among those that are read.
    #[must_use]
    pub fn position(&self, wanted: Role) -> Option<usize> {
        self.columns.iter().position(|(_, role)| *role == wanted)
    }
}

fn role(name: &str) -> Option<Role> {
    COLUMNS.iter().find(|(_, names)| names.contains(&name)).map(|(role, _)| *role)
}

/// A start says the day as well, and is taken where both are there; two units of one thing are not.
fn is_the_same(a: Role, b: Role) -> bool {
    let kind = |role| match role {
        Role::Kilometers => Role::Meters,
        Role::Minutes => Role::Seconds,
        role => role,
    };
    kind(a) == kind(b)
}

fn no_unit(names: &[String], which: usize) -> Option<HeaderError> {
    let (unclear, instead) = UNIT_UNKNOWN[which];
    let column = names.iter().find(|name| clean(name) == unclear)?;
    Some(HeaderError::NoUnit { column: column.clone(), instead })
}

fn clean(name: &str) -> String {
    name.trim_start_matches('\u{feff}').trim().to_lowercase()
}

fn list(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(12).map(|name| format!("`{}`", name.trim())).collect();
    if shown.is_empty() { "none".to_owned() } else { shown.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(line: &str) -> Result<Header, HeaderError> {
        Header::of(&line.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn columns_are_found_by_any_of_their_names_in_any_order() {
        let found = header("\u{feff}Distance_KM, date_local,club,ID").unwrap();
        assert_eq!(found.columns, [(0, Role::Kilometers), (1, Role::Date), (3, Role::Athlete)]);
    }

    #[test]
    fn what_is_missing_or_unclear_is_named_with_what_to_write() {
        for (line, words) in [
            ("start,distance_m", "no column `athlete_id`"),
            ("athlete_id,distance_m", "no column `start`"),
            ("athlete_id,date", "no column `distance_m`"),
            (
                "athlete_id,date,distance",
                "`distance`: its unit is not known; name it distance_m or distance_km",
            ),
            ("athlete_id,date,distance_m,duration", "`duration`: its unit is not known"),
            ("athlete_id,date,distance_m,distance_km", "two columns for the same"),
        ] {
            let error = header(line).unwrap_err().to_string();
            assert!(error.contains(words), "{line}: {error}");
        }
    }

    #[test]
    fn a_start_and_a_date_may_stand_side_by_side() {
        assert!(header("athlete_id,date,start,distance_m").is_ok());
    }
}

//! Activities that another one tells already, packed until somebody looks at them: a cache holds thousands of them, and
//! few commands list any.

use std::{ops::Deref, sync::OnceLock};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use crate::import::judge::duplicates::Duplicate;

/// Duplicates by start, then file.
#[derive(Clone, Debug, Default)]
pub struct Duplicates {
    unpacked: OnceLock<Vec<Duplicate>>,
    /// What [`OnceLock`] is filled from.
    packed: Box<[u8]>,
    head: Head,
}

/// What is asked of them without a look at each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Head {
    count: usize,
    last_day: Option<NaiveDate>,
    name_a_knee: bool,
}

impl Head {
    fn of(duplicates: &[Duplicate]) -> Self {
        let names_a_knee = |one: &Duplicate| {
            let name = one.activity.name.as_deref().unwrap_or_default();
            !one.activity.knee_lines.is_empty() || name.to_lowercase().contains("knee")
        };
        Self {
            count: duplicates.len(),
            last_day: duplicates.iter().map(|one| one.activity.local_date()).max(),
            name_a_knee: duplicates.iter().any(names_a_knee),
        }
    }
}

impl Duplicates {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.head.count
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Those whose name or notes may say something of the knee: none, or all.
    #[must_use]
    pub fn with_a_word_on_the_knee(&self) -> &[Duplicate] {
        if self.head.name_a_knee { self } else { &[] }
    }

    /// Forgets those that start after a day.
    pub(super) fn forget_after(&mut self, day: NaiveDate) {
        if self.head.last_day > Some(day) {
            let kept =
                self.iter().filter(|one| one.activity.local_date() <= day).cloned().collect::<Vec<_>>();
            *self = kept.into();
        }
    }

    /// Changes each. What [`Self::len`] and the like are made of must stay.
    pub fn change(&mut self, change: impl FnMut(&mut Duplicate)) {
        let mut changed = self.to_vec();
        changed.iter_mut().for_each(change);
        *self = changed.into();
    }
}

impl From<Vec<Duplicate>> for Duplicates {
    fn from(duplicates: Vec<Duplicate>) -> Self {
        Self { head: Head::of(&duplicates), unpacked: duplicates.into(), packed: Box::default() }
    }
}

impl Deref for Duplicates {
    type Target = [Duplicate];

    fn deref(&self) -> &[Duplicate] {
        // a forged cache gives none
        self.unpacked.get_or_init(|| postcard::from_bytes(&self.packed).unwrap_or_default())
    }
}

impl PartialEq for Duplicates {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for Duplicates {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let packed = postcard::to_allocvec(&**self).map_err(ser::Error::custom)?;
        (self.head, packed).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Duplicates {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (head, packed) = <(Head, &[u8])>::deserialize(from)?;
        Ok(Self { unpacked: OnceLock::new(), packed: packed.into(), head })
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::activity::{Activity, Format, Sport};

    fn duplicate(day: &str, name: &str) -> Duplicate {
        let start = DateTime::parse_from_rfc3339(&format!("{day}T07:00:00+01:00")).unwrap();
        let activity = Activity::new("b.gpx", Format::Gpx, Sport::running(), start);
        Duplicate {
            activity: Activity { name: Some(name.to_owned()), ..activity },
            of: "a.fit".to_owned(),
            of_start: start,
            because: "a richer file".to_owned(),
        }
    }

    fn recalled(duplicates: &Duplicates) -> Duplicates {
        postcard::from_bytes(&postcard::to_allocvec(duplicates).unwrap()).unwrap()
    }

    #[test]
    fn they_stay_packed_until_somebody_looks() {
        let told = Duplicates::from(vec![duplicate("2026-03-01", "Hills"), duplicate("2026-03-02", "Rain")]);
        let mut recalled = recalled(&told);
        recalled.forget_after("2026-03-02".parse().unwrap());
        assert_eq!((recalled.len(), recalled.with_a_word_on_the_knee().len()), (2, 0));
        assert!(recalled.unpacked.get().is_none(), "nobody looked");
        assert_eq!(recalled, told);
        recalled.forget_after("2026-03-01".parse().unwrap());
        assert_eq!((recalled.len(), recalled[0].activity.name.as_deref()), (1, Some("Hills")));
    }

    #[test]
    fn a_word_on_the_knee_is_found_in_a_name() {
        let told =
            Duplicates::from(vec![duplicate("2026-03-01", "Easy #KNEE 2/10"), duplicate("2026-03-02", "")]);
        assert_eq!(recalled(&told).with_a_word_on_the_knee().len(), 2);
    }
}

//! Files of a service that is known, of which nothing is used: they are named, so that nobody waits for runs in vain.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::services::{Part, Service};

/// Files that bring nothing, and the services of which others bring something.
#[derive(Default)]
pub(super) struct Unused {
    /// How many there are of a service's name with its article, and a reason.
    files: BTreeMap<(&'static str, String, String), usize>,
    brought_something: BTreeSet<&'static str>,
}

impl Unused {
    /// A file of which nothing is used.
    pub(super) fn add(&mut self, service: &'static Service, why: String) {
        *self.files.entry((service.name, service.with_article(), why)).or_default() += 1;
    }

    /// A file that was read: it may hold nothing all the same.
    pub(super) fn add_read<T>(&mut self, service: &'static Service, part: &Part<T>) {
        let is_empty = part.rows.rows.is_empty()
            && part.recordings.is_empty()
            && part.gear.is_empty()
            && part.pairs.is_empty();
        match (is_empty, part.rows.notices.is_empty()) {
            (false, _) => {
                self.brought_something.insert(service.name);
            }
            (true, true) => self.add(service, "no activities in them".to_owned()),
            // its own notices say why
            (true, false) => {}
        }
    }

    /// A sentence for each reason; none about a service of whose export something is used.
    pub(super) fn notices(&self) -> impl Iterator<Item = String> {
        let told = self.files.iter().filter(|((service, ..), _)| !self.brought_something.contains(service));
        told.map(|((_, service, why), count)| match count {
            1 => format!("1 file of {service} export is not used: {why}"),
            _ => format!("{count} files of {service} export are not used: {why}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::services::{endomondo::ENDOMONDO, polar::POLAR_FLOW};

    #[test]
    fn files_without_use_are_counted_and_named_unless_others_of_the_service_are_used() {
        let mut unused = Unused::default();
        let days = || "days".to_owned();
        unused.add(&POLAR_FLOW, days());
        unused.add(&POLAR_FLOW, days());
        unused.add(&ENDOMONDO, "TCX".to_owned());
        let told: Vec<String> = unused.notices().collect();
        assert_eq!(
            told,
            [
                "1 file of an Endomondo export is not used: TCX",
                "2 files of a Polar Flow export are not used: days"
            ]
        );
        let part: Part = Part { gear: vec![("1".to_owned(), "Red".to_owned())], ..Part::default() };
        unused.add_read(&POLAR_FLOW, &part);
        assert_eq!(unused.notices().count(), 1);
    }
}

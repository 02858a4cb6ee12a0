//! Exports of services and apps: one file a service, one row in [`SERVICES`] each.
//!
//! To add a service: a file here with its `Service`, its readers and invented samples, and a row below. Fuzz targets,
//! mutation tests, the list in README and `treadlight help exports` follow the table.

pub mod adidas;
pub mod apple;
mod dates;
pub mod endomondo;
pub mod fitbit;
pub mod garmin;
mod garmin_web;
pub mod google_fit;
pub mod huawei;
mod json;
pub mod mapmyrun;
pub mod mi_fitness;
mod moments;
pub mod my_fitness_pal;
pub mod nike;
pub mod pairs;
pub mod part;
pub mod peloton;
pub mod polar;
pub mod runkeeper;
pub mod samsung;
pub mod service;
mod spans;
pub mod strava;
pub mod strava_shoes;
mod table;
pub mod withings;
pub mod zepp;

use std::{collections::HashMap, io::BufRead};

use serde::{Deserialize, Serialize};

use crate::import::formats::kind::Kind;
pub use part::{IndexError, ListedPair, Part, Row, Rows, Start, Tracks};
pub use service::{Head, Service, ServiceFile};

/// Every service whose export is read. A file belongs to the first that recognises it.
pub static SERVICES: &[&Service] = &[
    &adidas::ADIDAS,
    &apple::APPLE_HEALTH,
    &endomondo::ENDOMONDO,
    &fitbit::FITBIT,
    &garmin::GARMIN,
    &google_fit::GOOGLE_FIT,
    &huawei::HUAWEI_HEALTH,
    &mapmyrun::MAP_MY_RUN,
    &mi_fitness::MI_FITNESS,
    &my_fitness_pal::MY_FITNESS_PAL,
    &nike::NIKE_RUN_CLUB,
    &peloton::PELOTON,
    &polar::POLAR_FLOW,
    &runkeeper::RUNKEEPER,
    &samsung::SAMSUNG_HEALTH,
    &strava::STRAVA,
    &withings::WITHINGS,
    &zepp::ZEPP,
];

/// A file of a service's export, recognised.
#[derive(Clone, Copy)]
pub struct Recognized {
    /// Whose export it is of.
    pub service: &'static Service,
    /// Which of its files it is.
    pub file: &'static ServiceFile,
}

/// By content where it tells, else by name. An activity file is none, whatever it is called.
#[must_use]
pub fn recognize(path: &str, head: &[u8]) -> Option<Recognized> {
    if Kind::of_bytes(head).is_some() {
        return None;
    }
    let head = Head::new(path, head);
    let files = || {
        SERVICES
            .iter()
            .flat_map(|&service| service.files.iter().map(move |file| Recognized { service, file }))
    };
    files()
        .find(|known| (known.file.is)(&head))
        .or_else(|| files().find(|known| known.file.else_by_name == Some(head.base_name())))
}

/// What a file of an export came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Read<T = crate::activity::Recording> {
    /// Whose export it is of.
    #[serde(with = "by_name")]
    pub service: &'static Service,
    /// What it holds.
    pub part: Result<Part<T>, IndexError>,
}

impl<T> Read<T> {
    /// The same with every recording made into something else, or left out.
    pub fn map_recordings<U>(self, map: impl FnMut(T) -> Option<U>) -> Read<U> {
        Read { service: self.service, part: self.part.map(|part| part.map_recordings(map)) }
    }
}

impl Recognized {
    /// Reads the file.
    pub fn read(self, path: &str, mut reader: impl BufRead) -> Read {
        Read { service: self.service, part: (self.file.read)(path, &mut reader) }
    }
}

/// A file's part of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct FilePart<T> {
    /// The file, a path inside the folder.
    pub file: String,
    /// Whose export it is of.
    pub service: &'static Service,
    /// What it holds.
    pub part: Part<T>,
}

/// One index of an export.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The index file, a path inside the folder.
    pub file: String,
    /// Whose it is.
    pub service: &'static Service,
    /// What it says.
    pub rows: Rows,
}

/// A row of an export's index, and the index it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The index file, a path inside the folder.
    pub index: String,
    /// Whose index it is.
    pub service: &'static Service,
    /// Whether the index names the activity's file; else the row was found by its time.
    pub by_file: bool,
    /// The row.
    pub row: Row,
}

/// The pairs that the parts list; one may stand in several.
#[must_use]
pub fn pairs<T>(parts: &[FilePart<T>]) -> Vec<ListedPair> {
    parts.iter().flat_map(|part| part.part.pairs.clone()).collect()
}

/// Puts the parts of exports together: the rows of every file with the gear that another file knows by their keys.
#[must_use]
pub fn assemble<T>(parts: Vec<FilePart<T>>) -> Vec<Index> {
    let mut gear: HashMap<(&str, String), String> = HashMap::new();
    let mut parts = parts;
    for FilePart { service, part, .. } in &mut parts {
        for (key, name) in part.gear.drain(..) {
            gear.entry((service.name, key)).or_insert(name);
        }
    }
    let with_gear = |service: &Service, mut row: Row| {
        let mut known = std::mem::take(&mut row.keys).into_iter();
        row.gear = known.find_map(|key| gear.get(&(service.name, key)).cloned()).or(row.gear);
        row
    };
    let indexes = parts.into_iter().map(|FilePart { file, service, part }| {
        let Rows { rows, notices } = part.rows;
        let rows = rows.into_iter().map(|row| with_gear(service, row)).collect();
        Index { file, service, rows: Rows { rows, notices } }
    });
    indexes.filter(|index| !index.rows.rows.is_empty() || !index.rows.notices.is_empty()).collect()
}

/// A service in the cache: by its name.
mod by_name {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    use crate::import::services::{SERVICES, Service};

    pub(super) fn serialize<S: Serializer>(service: &&'static Service, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(service.name)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<&'static Service, D::Error> {
        let name = <&str>::deserialize(from)?;
        SERVICES
            .iter()
            .copied()
            .find(|known| known.name == name)
            .ok_or_else(|| D::Error::custom("no service"))
    }
}

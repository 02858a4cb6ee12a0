//! An activity as it is judged, before it is set beside the others.

use crate::{
    activity::Activity,
    import::track::{fingerprint::Fingerprint, occupied::Occupied},
};

/// An activity and what finding duplicates needs of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessed {
    /// The activity.
    pub activity: Activity,
    /// The time that it occupies.
    pub occupied: Occupied,
    /// A sample of its track.
    pub fingerprint: Fingerprint,
}

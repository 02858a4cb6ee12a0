//! What an import is judged by besides the files: where the runner lives, and what time it is.

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;

/// 2000-01-08T00:00:00Z: anything older is a clock that was never set, which begins to count in the first days of 2000.
const EARLIEST_UNIX_MS: i64 = 947_289_600_000;

/// What a recording is judged by besides itself.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// Where the runner lives, for files that do not tell the offset.
    pub zone: Tz,
    /// The clock's now: nothing is recorded more than a day after it.
    pub now: DateTime<Utc>,
}

impl Circumstances {
    /// The last moment at which an activity can have begun: clocks of watches may go wrong by a zone.
    #[must_use]
    pub fn latest_unix_ms(self) -> i64 {
        (self.now + Duration::days(1)).timestamp_millis()
    }
}

/// Whether an activity can have begun at this moment.
pub(crate) fn is_possible_start(unix_ms: i64, latest_unix_ms: i64) -> bool {
    (EARLIEST_UNIX_MS..=latest_unix_ms).contains(&unix_ms)
}

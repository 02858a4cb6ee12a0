//! A small FIT encoder for synthetic files: tests, benches and the `demo` command write with it.
//!
//! Same calls, same bytes. Messages stand in the file in the order of the calls; every `None` is a field
//! left out, every message not asked for is missing, and [`FitEncoder::raw`] writes whatever a test needs.

use crate::activity::Position;

/// Unix time of FIT's second 0, 1989-12-31T00:00:00Z.
const FIT_EPOCH_UNIX_S: i64 = 631_065_600;

/// A field's value with its FIT base type.
#[derive(Clone, Debug, PartialEq)]
pub enum FitValue {
    /// `enum`
    Enum(u8),
    /// `uint8`
    U8(u8),
    /// `uint16`
    U16(u16),
    /// `uint32`
    U32(u32),
    /// `sint32`
    I32(i32),
    /// `string`, at most 254 bytes of it
    Text(String),
}

/// The `file_id` message, first in every file.
#[derive(Clone, Debug)]
pub struct FileId {
    /// FIT `file`: 4 activity, 2 settings, 5 workout, 6 course, 9 weight, 32 monitoring.
    pub kind: u8,
    /// FIT `manufacturer`: 1 Garmin, 23 Suunto, 294 Coros …
    pub manufacturer: u16,
    /// The maker's number of the model; of Garmin's, 1967 is the Fenix 2.
    pub product: u16,
    /// Seconds since 1970.
    pub time_created_unix_s: i64,
    /// The number of this one watch.
    pub serial_number: Option<u32>,
}

impl Default for FileId {
    fn default() -> Self {
        Self {
            kind: 4,
            manufacturer: 1,
            product: 1967,
            time_created_unix_s: FIT_EPOCH_UNIX_S,
            serial_number: None,
        }
    }
}

/// A `record` message: one fix.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Seconds since 1970; `None` leaves the record without a time.
    pub time_unix_s: Option<i64>,
    /// Written in semicircles.
    pub position: Option<Position>,
    /// Metres above sea level.
    pub altitude_m: Option<f64>,
    /// Beats per minute.
    pub heart_rate_bpm: Option<u8>,
    /// Strides (of one leg) per minute.
    pub cadence: Option<u8>,
    /// Metres since the start.
    pub distance_m: Option<f64>,
    /// Metres per second.
    pub speed_m_per_s: Option<f64>,
}

/// A `session` message: the totals of one sport from start to stop.
#[derive(Clone, Debug, Default)]
pub struct Session {
    /// Seconds since 1970.
    pub start_unix_s: Option<i64>,
    /// When the message was written, in seconds since 1970: the session's end.
    pub time_unix_s: Option<i64>,
    /// FIT `sport`: 0 generic, 1 running, 2 cycling, 3 transition, 5 swimming, 11 walking …
    pub sport: Option<u8>,
    /// FIT `sub_sport`: 0 generic, 1 treadmill, 3 trail, 4 track …
    pub sub_sport: Option<u8>,
    /// Seconds with pauses.
    pub elapsed_time_s: Option<f64>,
    /// Seconds without pauses.
    pub timer_time_s: Option<f64>,
    /// Metres.
    pub distance_m: Option<f64>,
    /// Beats per minute.
    pub average_heart_rate_bpm: Option<u8>,
    /// Beats per minute.
    pub max_heart_rate_bpm: Option<u8>,
    /// Strides (of one leg) per minute.
    pub average_cadence: Option<u8>,
    /// Metres.
    pub ascent_m: Option<u16>,
    /// Metres.
    pub descent_m: Option<u16>,
    /// Ten times the runner's own rating from 0 to 10.
    pub workout_rpe: Option<u8>,
}

/// What happens to the watch's timer, for an `event` message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerEvent {
    /// The runner starts or goes on.
    Start,
    /// The runner pauses or stops.
    StopAll,
}

/// Collects messages and puts header and checksums round them.
#[derive(Clone, Debug, Default)]
pub struct FitEncoder {
    data: Vec<u8>,
    definitions: [Option<Vec<u8>>; 16],
    big_endian: bool,
}

impl FitEncoder {
    /// An empty file with little-endian messages, as watches write them.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty file with big-endian messages.
    #[must_use]
    pub fn big_endian() -> Self {
        Self { big_endian: true, ..Self::default() }
    }

    /// Writes `file_id`.
    pub fn file_id(&mut self, id: &FileId) -> &mut Self {
        let fields = [
            (0, Some(FitValue::Enum(id.kind))),
            (1, Some(FitValue::U16(id.manufacturer))),
            (2, Some(FitValue::U16(id.product))),
            (3, id.serial_number.map(FitValue::U32)),
            (4, Some(time(id.time_created_unix_s))),
        ];
        self.message(0, 0, &fields)
    }

    /// Writes `sport`, which newer watches put at the start.
    pub fn sport(&mut self, sport: u8, sub_sport: u8) -> &mut Self {
        self.message(4, 12, &[(0, Some(FitValue::Enum(sport))), (1, Some(FitValue::Enum(sub_sport)))])
    }

    /// Writes `record`.
    pub fn record(&mut self, record: &Record) -> &mut Self {
        let fields = [
            (253, record.time_unix_s.map(time)),
            (0, record.position.map(|p| semicircles(p.latitude_deg))),
            (1, record.position.map(|p| semicircles(p.longitude_deg))),
            (2, record.altitude_m.map(|m| FitValue::U16(((m + 500.0) * 5.0).round() as u16))),
            (3, record.heart_rate_bpm.map(FitValue::U8)),
            (4, record.cadence.map(FitValue::U8)),
            (5, record.distance_m.map(|m| scaled(m, 100.0))),
            (6, record.speed_m_per_s.map(|v| FitValue::U16((v * 1000.0).round() as u16))),
        ];
        self.message(1, 20, &fields)
    }

    /// Writes a timer `event`, at seconds since 1970.
    pub fn timer(&mut self, time_unix_s: i64, what: TimerEvent) -> &mut Self {
        let kind = if what == TimerEvent::Start { 0 } else { 4 };
        let fields =
            [(253, Some(time(time_unix_s))), (0, Some(FitValue::Enum(0))), (1, Some(FitValue::Enum(kind)))];
        self.message(2, 21, &fields)
    }

    /// Writes `lap`: start and end in seconds since 1970, length in metres.
    pub fn lap(&mut self, start_unix_s: i64, end_unix_s: i64, distance_m: f64) -> &mut Self {
        let fields = [
            (253, Some(time(end_unix_s))),
            (2, Some(time(start_unix_s))),
            (9, Some(scaled(distance_m, 100.0))),
        ];
        self.message(5, 19, &fields)
    }

    /// Writes `session`.
    pub fn session(&mut self, session: &Session) -> &mut Self {
        let fields = [
            (253, session.time_unix_s.map(time)),
            (2, session.start_unix_s.map(time)),
            (5, session.sport.map(FitValue::Enum)),
            (6, session.sub_sport.map(FitValue::Enum)),
            (7, session.elapsed_time_s.map(|s| scaled(s, 1000.0))),
            (8, session.timer_time_s.map(|s| scaled(s, 1000.0))),
            (9, session.distance_m.map(|m| scaled(m, 100.0))),
            (16, session.average_heart_rate_bpm.map(FitValue::U8)),
            (17, session.max_heart_rate_bpm.map(FitValue::U8)),
            (18, session.average_cadence.map(FitValue::U8)),
            (22, session.ascent_m.map(FitValue::U16)),
            (23, session.descent_m.map(FitValue::U16)),
            (193, session.workout_rpe.map(FitValue::U8)),
        ];
        self.message(3, 18, &fields)
    }

    /// Writes `activity`, which tells the local time: UTC in seconds since 1970, and the offset from it.
    pub fn activity(&mut self, time_unix_s: i64, utc_offset_s: i64, timer_time_s: f64) -> &mut Self {
        let fields = [
            (253, Some(time(time_unix_s))),
            (0, Some(scaled(timer_time_s, 1000.0))),
            (1, Some(FitValue::U16(1))),
            (5, Some(time(time_unix_s + utc_offset_s))),
        ];
        self.message(6, 34, &fields)
    }

    /// Writes any message: local number (0–15), global number, and `(field number, value)`.
    ///
    /// The definition is written before it where it differs from the last one of that local number.
    pub fn message(&mut self, local: u8, global: u16, fields: &[(u8, Option<FitValue>)]) -> &mut Self {
        let local = local & 0x0F;
        let mut definition = vec![0, u8::from(self.big_endian)];
        definition.extend(self.ordered(global.to_le_bytes()));
        let mut data = vec![local];
        let mut count = 0;
        definition.push(count);
        for (number, value) in fields {
            let Some(value) = value else { continue };
            let (base_type, bytes) = self.encoded(value);
            definition.extend([*number, bytes.len() as u8, base_type]);
            data.extend(bytes);
            count += 1;
        }
        definition[4] = count;
        let last = &mut self.definitions[usize::from(local)];
        if last.as_ref() != Some(&definition) {
            self.data.push(0x40 | local);
            self.data.extend(&definition);
            *last = Some(definition);
        }
        self.data.extend(data);
        self
    }

    /// Writes bytes as they are: compressed headers, developer fields, damage.
    pub fn raw(&mut self, bytes: &[u8]) -> &mut Self {
        self.data.extend(bytes);
        self
    }

    /// The whole file: header of 14 bytes, messages, checksum.
    #[must_use]
    pub fn finish(&self) -> Vec<u8> {
        let mut file = vec![14, 0x20, 0x54, 0x08];
        file.extend((self.data.len() as u32).to_le_bytes());
        file.extend(b".FIT");
        file.extend(checksum(&file).to_le_bytes());
        file.extend(&self.data);
        file.extend(checksum(&file).to_le_bytes());
        file
    }

    fn encoded(&self, value: &FitValue) -> (u8, Vec<u8>) {
        match value {
            FitValue::Enum(v) => (0x00, vec![*v]),
            FitValue::U8(v) => (0x02, vec![*v]),
            FitValue::U16(v) => (0x84, self.ordered(v.to_le_bytes())),
            FitValue::I32(v) => (0x85, self.ordered(v.to_le_bytes())),
            FitValue::U32(v) => (0x86, self.ordered(v.to_le_bytes())),
            FitValue::Text(text) => (0x07, text.bytes().take(254).chain([0]).collect()),
        }
    }

    fn ordered<const N: usize>(&self, mut little_endian: [u8; N]) -> Vec<u8> {
        if self.big_endian {
            little_endian.reverse();
        }
        little_endian.to_vec()
    }
}

fn time(unix_s: i64) -> FitValue {
    FitValue::U32((unix_s - FIT_EPOCH_UNIX_S) as u32)
}

fn scaled(value: f64, scale: f64) -> FitValue {
    FitValue::U32((value * scale).round() as u32)
}

fn semicircles(degrees: f64) -> FitValue {
    FitValue::I32((degrees / 180.0 * 2_147_483_648.0).round() as i32)
}

/// FIT's CRC-16, bit by bit: slow, short, and a check on the reader's table.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, &byte| {
        (0..8).fold(crc ^ u16::from(byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xA001 } else { c >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(mut file: FitEncoder) -> Vec<u8> {
        let start = 1_700_000_000;
        file.file_id(&FileId { time_created_unix_s: start, ..FileId::default() }).sport(1, 3);
        file.timer(start, TimerEvent::Start);
        for i in 0..3 {
            file.record(&Record {
                time_unix_s: Some(start + i),
                position: Some(Position { latitude_deg: 52.5, longitude_deg: -13.25 }),
                altitude_m: Some(34.2),
                distance_m: Some(3.0 * i as f64),
                ..Record::default()
            });
        }
        file.timer(start + 2, TimerEvent::StopAll).lap(start, start + 2, 6.0);
        file.session(&Session { sport: Some(1), distance_m: Some(6.0), ..Session::default() });
        file.activity(start + 2, 3600, 2.0);
        file.finish()
    }

    fn field(records: &[fitparser::FitDataRecord], kind: &str, name: &str) -> Option<String> {
        let record = records.iter().rev().find(|r| r.kind().to_string() == kind)?;
        record.fields().iter().find(|f| f.name() == name).map(|f| f.value().to_string())
    }

    #[test]
    fn fitparser_reads_what_we_write_in_both_byte_orders() {
        for file in [FitEncoder::new(), FitEncoder::big_endian()] {
            let records = fitparser::from_bytes(&sample(file)).expect("valid file, checksums included");
            assert_eq!(records.len(), 10);
            assert_eq!(field(&records, "file_id", "garmin_product").as_deref(), Some("fenix2"));
            assert_eq!(field(&records, "session", "total_distance").as_deref(), Some("6"));
            assert_eq!(field(&records, "session", "sport").as_deref(), Some("running"));
            assert_eq!(field(&records, "session", "sub_sport"), None);
            assert_eq!(field(&records, "record", "distance").as_deref(), Some("6"));
            assert_eq!(field(&records, "record", "position_lat").as_deref(), Some("626349397"));
            assert_eq!(field(&records, "record", "heart_rate"), None);
        }
    }

    #[test]
    fn the_same_calls_give_the_same_bytes() {
        assert_eq!(sample(FitEncoder::new()), sample(FitEncoder::new()));
    }

    #[test]
    fn a_definition_is_written_once_while_it_stays_the_same() {
        let mut file = FitEncoder::new();
        file.record(&Record { heart_rate_bpm: Some(140), ..Record::default() });
        let first = file.finish().len();
        file.record(&Record { heart_rate_bpm: Some(141), ..Record::default() });
        assert_eq!(file.finish().len(), first + 2);
    }
}

//! One pass over the bytes: headers, definitions, data messages. Records are read in place, rare messages
//! are copied for [`super::messages`], everything else is stepped over.

use std::ops::Range;

use super::checksum::checksum;
use super::definition::{Definition, Use, global};
use super::fields::Fields;
use super::laps::Laps;
use super::messages::CleanStream;
use super::record::RecordLayout;
use super::time;
use crate::activity::TrackPoint;
use crate::import::formats::read_error::ReadError;

/// More sessions or sports than this in one segment are damage: the longest swimrun has a few dozen.
const MOST_RARE_MESSAGES: usize = 200;

/// More chained segments than this are damage: watches write up to seven.
const MOST_SEGMENTS: usize = 200;

/// More records than this are damage: 23 days of one a second. A record may take one byte, its point takes 72.
const MOST_RECORDS: usize = 2_000_000;

/// Room is made for records of so many bytes at least: a bound that keeps a lying file small.
const MIN_ROOM_BYTES: usize = 16;

/// A leap of time between the last points before damage that makes them noise: a day.
const STRAY_LEAP_MS: u64 = 86_400_000;

/// What one FIT file holds; several can be chained into one file on disk.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Dated records, in file order.
    pub(crate) points: Vec<TrackPoint>,
    /// How many records had no date.
    pub(crate) undated: usize,
    /// Starts and stops of the timer, in file order.
    pub(crate) timer: Vec<TimerEvent>,
    /// The times of the `session` messages, in the order of [`CleanStream`]'s sessions.
    pub(crate) session_times: Vec<SessionTimes>,
    /// The laps together.
    pub(crate) laps: Laps,
    /// Local time minus UTC in seconds, from `activity`.
    pub(crate) utc_offset_s: Option<i32>,
    /// Copies of the rare messages.
    pub(crate) rare: CleanStream,
    /// Where the walk stopped before the end, if it did.
    pub(crate) damage: Option<Damage>,
    /// Whether the content reads well but its checksum says otherwise.
    pub(crate) checksum_differs: bool,
    /// The first byte after it.
    pub(crate) end: usize,
    has_file_id: bool,
    sports: usize,
}

/// A start or stop of the timer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimerEvent {
    /// Milliseconds since 1970.
    pub(crate) time_unix_ms: i64,
    /// Whether the timer runs from here on.
    pub(crate) running: bool,
}

/// When a session was, in milliseconds since 1970; `None` where the time counts from power-up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SessionTimes {
    /// FIT `session.start_time`.
    pub(crate) start_unix_ms: Option<i64>,
    /// FIT `session.timestamp`, mostly its end.
    pub(crate) written_unix_ms: Option<i64>,
}

/// Why a walk stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    /// Offset into the file.
    pub(crate) byte: usize,
    /// What is wrong there.
    pub(crate) what: String,
}

impl Damage {
    fn new(byte: usize, what: &str) -> Self {
        Self { byte, what: what.to_owned() }
    }
}

/// Walks all segments of a file. The first one must have a header; what follows it may be anything.
pub(crate) fn walk(bytes: &[u8]) -> Result<Vec<Segment>, ReadError> {
    let mut header = Header::parse(bytes, 0).ok_or(ReadError::NotFit)?;
    let mut segments: Vec<Segment> = Vec::new();
    let mut records = 0;
    loop {
        let mut segment = walk_segment(bytes, &header);
        let next = segment.end;
        records += segment.points.len();
        let following =
            Header::parse(bytes, next).filter(|_| segments.len() < MOST_SEGMENTS && records < MOST_RECORDS);
        if following.is_none() && next < bytes.len() {
            segment.damage.get_or_insert_with(|| Damage::new(next, "what follows is not FIT"));
        }
        segments.push(segment);
        match following {
            Some(following) => header = following,
            None => return Ok(segments),
        }
    }
}

/// A FIT file header: 12 or 14 bytes.
#[derive(Debug)]
struct Header {
    start: usize,
    size: usize,
    data_size: usize,
    checksum: u16,
}

impl Header {
    /// The header at `start`, if one stands there.
    fn parse(bytes: &[u8], start: usize) -> Option<Self> {
        let bytes = bytes.get(start..)?;
        let &[size, _, _, _, a, b, c, d, b'.', b'F', b'I', b'T'] = bytes.first_chunk::<12>()? else {
            return None;
        };
        let checksum =
            bytes.get(12..14).filter(|_| size >= 14).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
        let data_size = u32::from_le_bytes([a, b, c, d]) as usize;
        (size >= 12).then_some(Self { start, size: usize::from(size), data_size, checksum })
    }

    fn data_start(&self) -> usize {
        self.start + self.size
    }

    /// Where the data ends by the header's word, which may be behind the file's end.
    fn data_end(&self) -> usize {
        self.data_start().saturating_add(self.data_size)
    }

    /// Whether the header's own checksum, which may be left out as 0, is wrong.
    fn differs(&self, bytes: &[u8]) -> bool {
        self.checksum != 0 && checksum(&bytes[self.start..self.start + 12]) != self.checksum
    }
}

fn walk_segment(bytes: &[u8], header: &Header) -> Segment {
    let mut walker = Walker::default();
    // A watch that dies while it records leaves no length.
    let no_length = header.data_size == 0;
    let data_end = if no_length { bytes.len() } else { header.data_end().min(bytes.len()) };
    let walked = walker.walk(bytes, header.data_start(), data_end);
    if walked.is_err() {
        walker.segment.drop_stray_tail();
    }
    let mut segment = walker.segment;
    segment.end = if no_length { bytes.len() } else { header.data_end().saturating_add(2).min(bytes.len()) };
    segment.damage = if no_length {
        Some(Damage::new(header.start + 4, "its header gives no length"))
    } else {
        walked.err().or_else(|| cut_short(bytes, header))
    };
    if segment.damage.is_none() {
        segment.checksum_differs = header.differs(bytes) || !data_sums_up(bytes, header);
    }
    segment
}

/// What is missing behind a walk that found nothing wrong.
fn cut_short(bytes: &[u8], header: &Header) -> Option<Damage> {
    if header.data_end() > bytes.len() {
        Some(Damage::new(bytes.len(), "the file ends early"))
    } else if header.data_end() + 2 > bytes.len() {
        Some(Damage::new(bytes.len(), "the file ends before its checksum"))
    } else {
        None
    }
}

/// Whether the checksum at the end is right: over all bytes as FIT says, or without the header as some write.
fn data_sums_up(bytes: &[u8], header: &Header) -> bool {
    let end = header.data_end() + 2;
    checksum(&bytes[header.start..end]) == 0 || checksum(&bytes[header.data_start()..end]) == 0
}

/// The state of a walk: definitions and clock start anew with every segment.
struct Walker {
    definitions: [Option<Definition>; 16],
    /// Where each of them stands in the file: watches repeat them by the hundred.
    defined_by: [Range<usize>; 16],
    /// The last time any message gave, in FIT seconds: compressed headers count on from it.
    clock_s: Option<i64>,
    segment: Segment,
}

impl Default for Walker {
    fn default() -> Self {
        let segment = Segment {
            points: Vec::new(),
            undated: 0,
            timer: Vec::new(),
            session_times: Vec::new(),
            laps: Laps::default(),
            utc_offset_s: None,
            rare: CleanStream::new(),
            damage: None,
            checksum_differs: false,
            end: 0,
            has_file_id: false,
            sports: 0,
        };
        Self { definitions: Default::default(), defined_by: Default::default(), clock_s: None, segment }
    }
}

impl Walker {
    /// Walks from message to message until `end`.
    fn walk(&mut self, bytes: &[u8], start: usize, end: usize) -> Result<(), Damage> {
        let mut at = start;
        while let Some((&header, rest)) = bytes.get(at..end).and_then(<[u8]>::split_first) {
            let length = if header & 0xC0 == 0x40 {
                self.define(&bytes[..end], at)
            } else if header & 0x80 != 0 {
                self.read(header >> 5 & 0x03, Some(header & 0x1F), rest)
            } else if let Some(length) = self.read_records(&bytes[at..end]) {
                Ok(length)
            } else {
                self.read(header & 0x0F, None, rest)
            };
            at += length.map_err(|what| match what {
                ENDS_EARLY if end == bytes.len() => {
                    Damage::new(end, "the file ends in the middle of a message")
                }
                what => Damage::new(at, what),
            })?;
        }
        Ok(())
    }

    fn define(&mut self, bytes: &[u8], at: usize) -> Result<usize, &'static str> {
        let local = usize::from(bytes[at] & 0x0F);
        let before = &bytes[self.defined_by[local].clone()];
        if !before.is_empty() && bytes[at..].starts_with(before) {
            return Ok(before.len());
        }
        let (definition, length) = Definition::parse(&bytes[at..]).ok_or(ENDS_EARLY)?;
        self.definitions[local] = Some(definition);
        self.defined_by[local] = at..at + length;
        Ok(length)
    }

    /// Reads dated records, as many as follow each other under one definition, and says how long they are together;
    /// `None` if what stands there is anything else.
    fn read_records(&mut self, bytes: &[u8]) -> Option<usize> {
        let &header = bytes.first()?;
        let definition = self.definitions[usize::from(header & 0x0F)].as_ref()?;
        let (Use::Record(layout), Some(timestamp)) = (&definition.used, definition.timestamp) else {
            return None;
        };
        let points = &mut self.segment.points;
        if points.is_empty() {
            points.reserve(bytes.len() / (definition.size + 1).max(MIN_ROOM_BYTES));
        }
        let mut rest = bytes;
        while let Some((_, message)) = rest.split_first().filter(|(next, _)| **next == header)
            && message.len() >= definition.size
            && points.len() < MOST_RECORDS
            && let Some(time_s) = timestamp.read(message)
            && let Some(time_unix_ms) = time::unix_ms(time_s)
        {
            self.clock_s = Some(time_s);
            push(points, layout, message, time_unix_ms);
            rest = &message[definition.size..];
        }
        Some(bytes.len() - rest.len()).filter(|length| *length > 0)
    }

    /// Reads a data message and says how long it is with its header byte. `five_bits` come from a
    /// compressed header.
    fn read(&mut self, local: u8, five_bits: Option<u8>, rest: &[u8]) -> Result<usize, &'static str> {
        let definition =
            self.definitions[usize::from(local)].as_ref().ok_or("a message without a definition")?;
        let message = rest.get(..definition.size).ok_or(ENDS_EARLY)?;
        let stated_s = definition.timestamp.and_then(|slot| slot.read(rest));
        let time_s = stated_s.or_else(|| Some(time::roll_on(self.clock_s?, five_bits?)));
        self.clock_s = time_s.or(self.clock_s);
        match &definition.used {
            Use::Record(layout) => {
                if let Some(time_unix_ms) = time_s.and_then(time::unix_ms) {
                    if self.segment.points.len() >= MOST_RECORDS {
                        return Err("too many records");
                    }
                    push(&mut self.segment.points, layout, rest, time_unix_ms);
                } else {
                    self.segment.undated += 1;
                }
            }
            Use::Rare(fields) => self.segment.add_rare(definition.global, fields, message, time_s)?,
            Use::Nothing => {}
        }
        Ok(1 + message.len())
    }
}

/// Adds the point of a record. It is filled in where it lies: to copy what was just written in other pieces stalls.
#[inline(always)]
fn push(points: &mut Vec<TrackPoint>, layout: &RecordLayout, message: &[u8], time_unix_ms: i64) {
    points.push(TrackPoint::at(time_unix_ms));
    if let Some(point) = points.last_mut() {
        layout.fill(point, message);
    }
}

/// A message that runs past the end of the data.
const ENDS_EARLY: &str = "a message runs past the end of its data";

impl Segment {
    /// Takes back the last points before damage if their time leaps: a walk notices only some bytes later that
    /// it reads noise.
    fn drop_stray_tail(&mut self) {
        while let [.., before, last] = self.points.as_slice()
            && last.time_unix_ms.abs_diff(before.time_unix_ms) > STRAY_LEAP_MS
        {
            self.points.pop();
        }
    }

    /// Takes what is needed out of a rare message.
    fn add_rare(
        &mut self,
        global: u16,
        fields: &Fields,
        message: &[u8],
        time_s: Option<i64>,
    ) -> Result<(), &'static str> {
        match global {
            global::FILE_ID if !self.has_file_id => {
                self.has_file_id = true;
                self.rare.push(global, fields, message);
            }
            global::SPORT => {
                self.sports += 1;
                self.rare.push(global, fields, message);
            }
            global::SESSION => {
                self.session_times.push(SessionTimes {
                    start_unix_ms: fields.read(2, message).and_then(time::unix_ms),
                    written_unix_ms: time_s.and_then(time::unix_ms),
                });
                self.rare.push(global, fields, message);
            }
            global::LAP => self.laps.add(fields, message),
            global::EVENT => self.timer.extend(timer_event(fields, message, time_s)),
            global::ACTIVITY => {
                let local_s = fields.read(5, message);
                let offset = time_s.zip(local_s).and_then(|(utc, local)| time::utc_offset_s(utc, local));
                self.utc_offset_s = self.utc_offset_s.or(offset);
            }
            _ => {}
        }
        if self.session_times.len().max(self.sports) > MOST_RARE_MESSAGES {
            return Err("too many sessions");
        }
        Ok(())
    }
}

/// The event if it is one of the timer (FIT `event` 0): `event_type` 0 starts, 1, 4, 8 and 9 stop.
fn timer_event(fields: &Fields, message: &[u8], time_s: Option<i64>) -> Option<TimerEvent> {
    let time_unix_ms = time_s.and_then(time::unix_ms)?;
    match (fields.read(0, message)?, fields.read(1, message)?) {
        (0, 0) => Some(TimerEvent { time_unix_ms, running: true }),
        (0, 1 | 4 | 8 | 9) => Some(TimerEvent { time_unix_ms, running: false }),
        _ => None,
    }
}

//! The rare messages: copied into a small clean stream, decoded by `fitparser`.
//!
//! `fitparser` never sees a file. It gets a stream that holds only fields we use, each one integer or one
//! text of the right size, without developer fields and without times (which it would turn into the host's
//! zone). Every size is a multiple of its type's, so it has nothing to print to stderr about.

use std::panic::{AssertUnwindSafe, catch_unwind};

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use fitparser::{FitDataField, FitDataRecord, Value};

use super::definition::global;
use super::fields::{Field, Fields};
use crate::{
    activity::{Sport, Totals, both_feet},
    import::formats::device::without_serial,
};

/// FIT's field numbers.
mod number {
    pub(crate) const FILE_ID_TYPE: u8 = 0;
    pub(crate) const FILE_ID_MANUFACTURER: u8 = 1;
    pub(crate) const FILE_ID_PRODUCT: u8 = 2;
    pub(crate) const FILE_ID_PRODUCT_NAME: u8 = 8;
    pub(crate) const SPORT_SPORT: u8 = 0;
    pub(crate) const SESSION_SPORT: u8 = 5;
    pub(crate) const SESSION_SUB_SPORT: u8 = 6;
    pub(crate) const SESSION_TOTAL_ELAPSED_TIME: u8 = 7;
    pub(crate) const SESSION_TOTAL_TIMER_TIME: u8 = 8;
    pub(crate) const SESSION_TOTAL_DISTANCE: u8 = 9;
    pub(crate) const SESSION_AVG_HEART_RATE: u8 = 16;
    pub(crate) const SESSION_MAX_HEART_RATE: u8 = 17;
    pub(crate) const SESSION_AVG_CADENCE: u8 = 18;
    pub(crate) const SESSION_TOTAL_ASCENT: u8 = 22;
    pub(crate) const SESSION_TOTAL_DESCENT: u8 = 23;
    pub(crate) const SESSION_AVG_FRACTIONAL_CADENCE: u8 = 92;
    pub(crate) const SESSION_TRAINING_LOAD_PEAK: u8 = 168;
    pub(crate) const SESSION_WORKOUT_RPE: u8 = 193;
}

/// The fields that are copied, by message. No serial number is among them.
fn kept_fields(global: u16) -> &'static [u8] {
    match global {
        global::FILE_ID => &[
            number::FILE_ID_TYPE,
            number::FILE_ID_MANUFACTURER,
            number::FILE_ID_PRODUCT,
            number::FILE_ID_PRODUCT_NAME,
        ],
        global::SPORT => &[number::SPORT_SPORT],
        global::SESSION => &[
            number::SESSION_SPORT,
            number::SESSION_SUB_SPORT,
            number::SESSION_TOTAL_ELAPSED_TIME,
            number::SESSION_TOTAL_TIMER_TIME,
            number::SESSION_TOTAL_DISTANCE,
            number::SESSION_AVG_HEART_RATE,
            number::SESSION_MAX_HEART_RATE,
            number::SESSION_AVG_CADENCE,
            number::SESSION_TOTAL_ASCENT,
            number::SESSION_TOTAL_DESCENT,
            number::SESSION_AVG_FRACTIONAL_CADENCE,
            number::SESSION_TRAINING_LOAD_PEAK,
            number::SESSION_WORKOUT_RPE,
        ],
        _ => &[],
    }
}

/// Whether a field holds what its number promises.
fn is_sound(global: u16, field: Field) -> bool {
    if (global, field.number()) == (global::FILE_ID, number::FILE_ID_PRODUCT_NAME) {
        field.is_text()
    } else {
        field.is_integer()
    }
}

/// The end of Borg's scale.
const HIGHEST_RPE: f64 = 10.0;

/// Bytes of a FIT header with its own checksum.
const HEADER_SIZE: usize = 14;

/// A FIT stream of the messages that matter, each with its own definition before it.
#[derive(Debug)]
pub(crate) struct CleanStream {
    bytes: Vec<u8>,
}

impl CleanStream {
    /// A stream without messages.
    pub(crate) fn new() -> Self {
        Self { bytes: vec![0; HEADER_SIZE] }
    }

    /// Copies a data message, as far as its fields are kept and sound.
    pub(crate) fn push(&mut self, global: u16, fields: &Fields, message: &[u8]) {
        let kept = kept_fields(global).iter().filter_map(|&number| fields.find(number));
        let kept: Vec<Field> = kept.filter(|&field| is_sound(global, field)).collect();
        let big_endian = fields.big_endian();
        let [g0, g1] = if big_endian { global.to_be_bytes() } else { global.to_le_bytes() };
        // `kept_fields` lists a dozen at most.
        self.bytes.extend([0x40, 0, u8::from(big_endian), g0, g1, kept.len() as u8]);
        self.bytes.extend(kept.iter().flat_map(|field| field.encoded()));
        self.bytes.push(0);
        for field in kept {
            self.bytes.extend(field.bytes(message));
        }
    }

    /// Puts header and (unchecked) checksum round the messages.
    fn finish(mut self) -> Result<Vec<u8>, String> {
        let data_size = self.bytes.len() - HEADER_SIZE;
        let data_size = u32::try_from(data_size).map_err(|_| "more than 4 GB of messages".to_owned())?;
        let [a, b, c, d] = data_size.to_le_bytes();
        let header = [HEADER_SIZE as u8, 0x20, 0, 0, a, b, c, d, b'.', b'F', b'I', b'T', 0, 0];
        self.bytes.splice(..HEADER_SIZE, header);
        self.bytes.extend([0, 0]);
        Ok(self.bytes)
    }

    /// Decodes the messages in their order.
    pub(crate) fn decode(self) -> Result<Messages, String> {
        if self.bytes.len() == HEADER_SIZE {
            return Ok(Messages::default());
        }
        let bytes = self.finish()?;
        catch_unwind(AssertUnwindSafe(|| decode(&bytes)))
            .unwrap_or_else(|_| Err("fitparser gives up on its summary messages".to_owned()))
    }
}

/// What the rare messages of a file say.
#[derive(Debug, Default)]
pub(crate) struct Messages {
    /// FIT `file_id.type`: `activity`, `settings` …
    pub(crate) kind: Option<String>,
    /// Maker and model.
    pub(crate) device: Option<String>,
    /// Sports of the `sport` messages that FIT has a word for.
    pub(crate) sports: Vec<Sport>,
    /// The `session` messages.
    pub(crate) sessions: Vec<SessionMessage>,
}

/// A `session` message without its times, which are read in place.
#[derive(Debug)]
pub(crate) struct SessionMessage {
    /// FIT `sport`.
    pub(crate) sport: Option<Sport>,
    /// FIT `sub_sport`, unless it is `generic`.
    pub(crate) sub_sport: Option<String>,
    /// The device's totals.
    pub(crate) totals: Totals,
}

fn decode(mut bytes: &[u8]) -> Result<Messages, String> {
    let mut processor = FitStreamProcessor::new();
    processor.add_option(DecodeOption::SkipHeaderCrcValidation);
    processor.add_option(DecodeOption::SkipDataCrcValidation);
    let mut messages = Messages::default();
    while !bytes.is_empty() {
        let (rest, object) = processor.deserialize_next(bytes).map_err(|e| e.to_string())?;
        bytes = rest;
        if let FitObject::DataMessage(message) = object {
            let record = processor.decode_message(message).map_err(|e| e.to_string())?;
            messages.add(&record);
        }
    }
    Ok(messages)
}

impl Messages {
    fn add(&mut self, record: &FitDataRecord) {
        let values = Values(record.fields());
        match record.kind() {
            MesgNum::FileId => {
                self.kind = values.word(number::FILE_ID_TYPE);
                self.device = values.device();
            }
            MesgNum::Sport => {
                self.sports.extend(values.word(number::SPORT_SPORT).map(|word| Sport::new(&word)));
            }
            MesgNum::Session => self.sessions.push(values.session()),
            _ => {}
        }
    }
}

/// The decoded fields of one message.
struct Values<'a>(&'a [FitDataField]);

impl Values<'_> {
    fn value(&self, number: u8) -> Option<&Value> {
        self.0.iter().find(|field| field.number() == number).map(FitDataField::value)
    }

    /// A word of the profile; `None` for a number that it has no word for.
    fn word(&self, number: u8) -> Option<String> {
        match self.value(number)? {
            Value::String(word) => Some(word.clone()),
            _ => None,
        }
    }

    /// A number in the profile's unit.
    fn float(&self, number: u8) -> Option<f64> {
        self.value(number)?.clone().try_into().ok()
    }

    /// A number where a zero only says that nothing was measured.
    fn positive(&self, number: u8) -> Option<f64> {
        self.float(number).filter(|&value| value > 0.0)
    }

    fn session(&self) -> SessionMessage {
        let sport = self.session_sport();
        let running = sport.as_ref().is_some_and(Sport::is_running);
        let strides = self.positive(number::SESSION_AVG_CADENCE).filter(|_| running);
        let fraction = self.float(number::SESSION_AVG_FRACTIONAL_CADENCE).unwrap_or_default();
        SessionMessage {
            sport,
            sub_sport: self.word(number::SESSION_SUB_SPORT).filter(|word| word != "generic"),
            totals: Totals {
                distance_m: self.float(number::SESSION_TOTAL_DISTANCE),
                timer_time_s: self.positive(number::SESSION_TOTAL_TIMER_TIME),
                elapsed_time_s: self.positive(number::SESSION_TOTAL_ELAPSED_TIME),
                ascent_m: self.float(number::SESSION_TOTAL_ASCENT),
                descent_m: self.float(number::SESSION_TOTAL_DESCENT),
                average_heart_rate_bpm: self.positive(number::SESSION_AVG_HEART_RATE),
                max_heart_rate_bpm: self.positive(number::SESSION_MAX_HEART_RATE),
                // some apps write steps where the format has strides
                average_cadence_spm: strides.map(|strides| both_feet(strides + fraction)),
                training_load: self.float(number::SESSION_TRAINING_LOAD_PEAK),
                // ten times Borg's scale from 0 to 10; a 0 only says that nobody rated
                session_rpe: self
                    .positive(number::SESSION_WORKOUT_RPE)
                    .map(|tenfold| tenfold / 10.0)
                    .filter(|rpe| *rpe <= HIGHEST_RPE),
            },
        }
    }

    /// The sport; one that is newer than the profile keeps its number, so that nobody guesses a run.
    fn session_sport(&self) -> Option<Sport> {
        let word = match self.value(number::SESSION_SPORT)? {
            Value::String(word) => word.clone(),
            number => format!("sport_{number}"),
        };
        Some(Sport::new(&word))
    }

    /// Maker and model: `garmin fenix2`, `Suunto 9`, `suunto 34`.
    fn device(&self) -> Option<String> {
        let maker = self.word(number::FILE_ID_MANUFACTURER).filter(|maker| maker != "development");
        let product = match self.value(number::FILE_ID_PRODUCT) {
            Some(Value::String(word)) => Some(word.clone()),
            Some(number) if *number != Value::UInt16(0) => Some(number.to_string()),
            _ => None,
        };
        let name = self.word(number::FILE_ID_PRODUCT_NAME).map(|name| plain(&name));
        let model = name.filter(|name| !name.is_empty()).or(product.filter(|_| maker.is_some()));
        let name = match (maker, model) {
            (Some(maker), Some(model)) if model.to_lowercase().starts_with(&maker) => model,
            (Some(maker), Some(model)) => format!("{maker} {model}"),
            (maker, model) => maker.or(model)?,
        };
        without_serial(&name)
    }
}

/// A text of the file without control characters and outer blanks.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::definition::{Definition, Use};
    use super::*;

    /// A clean stream of one message with these fields and bytes.
    fn decoded(global: u8, fields: &[[u8; 3]], message: &[u8]) -> Messages {
        let mut bytes = vec![0x40, 0, 0, global, 0, fields.len() as u8];
        bytes.extend(fields.concat());
        let (definition, _) = Definition::parse(&bytes).expect("whole");
        let Use::Rare(fields) = definition.used else { unreachable!("a rare message") };
        let mut stream = CleanStream::new();
        stream.push(u16::from(global), &fields, message);
        stream.decode().expect("decodes")
    }

    fn device(manufacturer: u16, product: u16, name: &str) -> Option<String> {
        let mut message = [manufacturer.to_le_bytes(), product.to_le_bytes()].concat();
        message.extend(name.bytes().chain([0]));
        let size = name.len() as u8 + 1;
        decoded(0, &[[1, 2, 0x84], [2, 2, 0x84], [8, size, 7]], &message).device
    }

    #[test]
    fn a_device_is_maker_and_model() {
        let cases = [
            (1, 1967, "", Some("garmin fenix2")),
            (1, 65_000, "", Some("garmin 65000")),
            (23, 34, "", Some("suunto 34")),
            (23, 35, "Suunto 9", Some("Suunto 9")),
            (294, 802, "COROS PACE 2", Some("COROS PACE 2")),
            (32, 0, "", Some("wahoo_fitness")),
            (1, 1967, "Fen\u{1b}ix ", Some("garmin Fenix")),
            (255, 3, "Watch3,4", Some("Watch3,4")),
            (255, 3, "", None),
            (0xFFFF, 0xFFFF, "", None),
        ];
        for (manufacturer, product, name, expected) in cases {
            assert_eq!(device(manufacturer, product, name).as_deref(), expected, "{manufacturer}/{product}");
        }
    }

    #[test]
    fn cadence_of_a_run_counts_both_feet() {
        let fields = [[5, 1, 0], [18, 1, 2], [92, 1, 2]];
        let cadence = |sport| decoded(18, &fields, &[sport, 85, 64]).sessions[0].totals.average_cadence_spm;
        assert_eq!(cadence(1), Some(171.0));
        assert_eq!(cadence(2), None);
        let steps = decoded(18, &fields, &[1, 170, 0]).sessions[0].totals.average_cadence_spm;
        assert_eq!(steps, Some(170.0), "an app that writes steps");
    }

    #[test]
    fn a_sport_without_a_word_keeps_its_number() {
        let sport = |number| decoded(18, &[[5, 1, 0]], &[number]).sessions[0].sport.clone();
        assert_eq!(sport(1), Some(Sport::running()));
        assert_eq!(sport(0), Some(Sport::new("generic")));
        assert_eq!(sport(200), Some(Sport::new("sport_200")));
        assert_eq!(sport(0xFF), None);
    }

    #[test]
    fn strange_fields_are_left_out_and_the_rest_counts() {
        // Sport as text, distance as an array of two, timer time as it should be.
        let fields = [[5, 4, 7], [9, 8, 0x86], [8, 4, 0x86], [7, 3, 0x86]];
        let mut message = b"run\0".to_vec();
        message.extend([0; 8]);
        message.extend(61_500u32.to_le_bytes());
        message.extend([0; 3]);
        let session = &decoded(18, &fields, &message).sessions[0];
        assert_eq!(session.sport, None);
        assert_eq!(session.totals, Totals { timer_time_s: Some(61.5), ..Totals::default() });
    }

    #[test]
    fn a_rating_of_the_effort_is_a_tenth_of_what_the_file_says_and_0_is_none() {
        let rpe = |tenfold| decoded(18, &[[193, 1, 2]], &[tenfold]).sessions[0].totals.session_rpe;
        assert_eq!([rpe(5), rpe(70), rpe(100)], [Some(0.5), Some(7.0), Some(10.0)]);
        assert_eq!([rpe(0), rpe(101), rpe(255)], [None; 3]);
    }

    #[test]
    fn the_kind_of_file_is_a_word() {
        assert_eq!(decoded(0, &[[0, 1, 0]], &[2]).kind.as_deref(), Some("settings"));
        assert_eq!(decoded(0, &[[0, 1, 0]], &[4]).kind.as_deref(), Some("activity"));
    }
}

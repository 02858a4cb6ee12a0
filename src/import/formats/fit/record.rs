//! `record` messages, read in place: nothing is allocated for a record but its track point.

use super::fields::{Fields, Slot};
use crate::activity::{ALTITUDES_M, Position, TrackPoint};

/// Degrees in one semicircle, FIT's unit of positions: 180 / 2^31.
const DEGREES_PER_SEMICIRCLE: f64 = 180.0 / 2_147_483_648.0;

/// Where a record's fields stand, by the names FIT gives them.
#[derive(Clone, Debug)]
pub(crate) struct RecordLayout {
    fields: RecordFields<Option<Slot>>,
    /// The same for records in which every field has the type that FIT gives it, as nearly all have.
    plain: Option<RecordFields<Option<u8>>>,
    big_endian: bool,
}

/// Something of each field of a record.
#[derive(Clone, Copy, Debug)]
struct RecordFields<T> {
    position_lat: T,
    position_long: T,
    altitude: T,
    enhanced_altitude: T,
    heart_rate: T,
    cadence: T,
    distance: T,
}

/// So many bytes from the start of a message hold every integer at an offset of one byte: no read needs a check.
const WINDOW_BYTES: usize = 256 + 4;

type Window = [u8; WINDOW_BYTES];

impl RecordLayout {
    /// Looks the fields up, once for all records of a definition.
    pub(crate) fn new(fields: &Fields) -> Self {
        let big_endian = fields.big_endian();
        let fields = RecordFields {
            position_lat: fields.slot(0),
            position_long: fields.slot(1),
            altitude: fields.slot(2),
            heart_rate: fields.slot(3),
            cadence: fields.slot(4),
            distance: fields.slot(5),
            enhanced_altitude: fields.slot(78),
        };
        Self { fields, plain: fields.plain(), big_endian }
    }

    /// Fills in what a data message holds. `message` may go on behind it.
    #[inline(always)]
    pub(crate) fn fill(&self, point: &mut TrackPoint, message: &[u8]) {
        let Some(plain) = &self.plain else { return self.fields.fill(point, message) };
        let copy;
        let window = match message.first_chunk() {
            Some(window) => window,
            None => {
                copy = padded(message);
                &copy
            }
        };
        if self.big_endian {
            plain.fill::<true>(point, window);
        } else {
            plain.fill::<false>(point, window);
        }
    }
}

/// The last bytes of a file, filled up with zeros.
#[cold]
fn padded(message: &[u8]) -> Window {
    let mut window = [0; WINDOW_BYTES];
    window.iter_mut().zip(message).for_each(|(to, from)| *to = *from);
    window
}

impl RecordFields<Option<Slot>> {
    /// The offsets alone, if every field that is there has the type that FIT gives it and stands near the start.
    fn plain(&self) -> Option<RecordFields<Option<u8>>> {
        let plain = |slot: Option<Slot>, bytes: u8, signed: bool| match slot {
            Some(slot) => u8::try_from(slot.plain_offset(bytes, signed)?).ok().map(Some),
            None => Some(None),
        };
        Some(RecordFields {
            position_lat: plain(self.position_lat, 4, true)?,
            position_long: plain(self.position_long, 4, true)?,
            altitude: plain(self.altitude, 2, false)?,
            enhanced_altitude: plain(self.enhanced_altitude, 4, false)?,
            heart_rate: plain(self.heart_rate, 1, false)?,
            cadence: plain(self.cadence, 1, false)?,
            distance: plain(self.distance, 4, false)?,
        })
    }

    fn fill(&self, point: &mut TrackPoint, message: &[u8]) {
        let raw = |slot: Option<Slot>| slot?.read(message);
        let byte = |slot| raw(slot).and_then(|value| u8::try_from(value).ok());
        let places = raw(self.position_lat).zip(raw(self.position_long));
        point.position = places.and_then(|(latitude, longitude)| position(latitude as f64, longitude as f64));
        point.altitude_m = raw(self.enhanced_altitude)
            .or_else(|| raw(self.altitude))
            .and_then(|fifths| altitude_m(fifths as f64));
        // a file may declare the field with a sign
        point.distance_m = raw(self.distance)
            .filter(|centimeters| *centimeters >= 0)
            .map(|centimeters| centimeters as f64 / 100.0);
        point.heart_rate_bpm = byte(self.heart_rate).filter(|&bpm| bpm > 0);
        point.cadence_raw = byte(self.cadence);
    }
}

impl RecordFields<Option<u8>> {
    #[inline(always)]
    fn fill<const BIG_ENDIAN: bool>(&self, point: &mut TrackPoint, window: &Window) {
        let u32_of = if BIG_ENDIAN { u32::from_be_bytes } else { u32::from_le_bytes };
        let u16_of = if BIG_ENDIAN { u16::from_be_bytes } else { u16::from_le_bytes };
        let four = |at| Some(u32_of(chunk(window, at?))).filter(|value| *value != u32::MAX);
        let signed = |at| Some(u32_of(chunk(window, at?)).cast_signed()).filter(|value| *value != i32::MAX);
        let two = |at| Some(u16_of(chunk(window, at?))).filter(|value| *value != u16::MAX);
        let one = |at: Option<u8>| Some(window[usize::from(at?)]).filter(|value| *value != u8::MAX);
        let places = signed(self.position_lat).zip(signed(self.position_long));
        point.position = places.and_then(|(lat, long)| position(f64::from(lat), f64::from(long)));
        point.altitude_m = four(self.enhanced_altitude)
            .or_else(|| two(self.altitude).map(u32::from))
            .and_then(|fifths| altitude_m(f64::from(fifths)));
        point.distance_m = four(self.distance).map(|centimeters| f64::from(centimeters) / 100.0);
        point.heart_rate_bpm = one(self.heart_rate).filter(|&bpm| bpm > 0);
        point.cadence_raw = one(self.cadence);
    }
}

/// The bytes of an integer, at most four.
#[inline(always)]
fn chunk<const N: usize>(window: &Window, at: u8) -> [u8; N] {
    window[usize::from(at)..].first_chunk().copied().unwrap_or([0; N])
}

/// The place of semicircles, unless it is off the globe or the exact zero of a device without a fix.
#[inline]
fn position(latitude: f64, longitude: f64) -> Option<Position> {
    let (latitude_deg, longitude_deg) =
        (latitude * DEGREES_PER_SEMICIRCLE, longitude * DEGREES_PER_SEMICIRCLE);
    let on_globe = latitude_deg.abs() <= 90.0 && longitude_deg.abs() <= 180.0;
    (on_globe && (latitude, longitude) != (0.0, 0.0)).then_some(Position { latitude_deg, longitude_deg })
}

/// Metres above sea level: FIT counts fifths of them from 500 m below.
#[inline]
fn altitude_m(fifths: f64) -> Option<f32> {
    Some((fifths / 5.0 - 500.0) as f32).filter(|meters| ALTITUDES_M.contains(meters))
}

#[cfg(test)]
mod tests {
    use super::super::definition::{Definition, Use};
    use super::*;

    fn read(fields: &[[u8; 3]], message: &[u8]) -> TrackPoint {
        let mut bytes = vec![0x40, 0, 0, 20, 0, fields.len() as u8];
        bytes.extend(fields.concat());
        let (definition, _) = Definition::parse(&bytes).expect("whole");
        let Use::Record(layout) = definition.used else { unreachable!("a record definition") };
        let mut point = TrackPoint::at(0);
        layout.fill(&mut point, message);
        point
    }

    #[test]
    fn units_are_degrees_meters_and_beats() {
        let mut message = (1i32 << 29).to_le_bytes().to_vec();
        message.extend((-(1i32 << 30)).to_le_bytes());
        message.extend(2750u16.to_le_bytes());
        message.extend([150, 88]);
        message.extend(123_456u32.to_le_bytes());
        let point =
            read(&[[0, 4, 0x85], [1, 4, 0x85], [2, 2, 0x84], [3, 1, 2], [4, 1, 2], [5, 4, 0x86]], &message);
        assert_eq!(point.position, Some(Position { latitude_deg: 45.0, longitude_deg: -90.0 }));
        assert_eq!(point.altitude_m, Some(50.0));
        assert_eq!((point.heart_rate_bpm, point.cadence_raw), (Some(150), Some(88)));
        assert_eq!(point.distance_m, Some(1234.56));
    }

    #[test]
    fn enhanced_altitude_goes_first() {
        let fields = [[2, 2, 0x84], [78, 4, 0x86]];
        assert_eq!(read(&fields, &[0, 0, 0xC4, 9, 0, 0]).altitude_m, Some(0.0));
        assert_eq!(read(&fields, &[0, 0, 0xFF, 0xFF, 0xFF, 0xFF]).altitude_m, Some(-500.0));
    }

    #[test]
    fn a_place_off_the_globe_or_at_exact_zero_is_none() {
        let fields = [[0, 4, 0x85], [1, 4, 0x85]];
        let place = |latitude: i32, longitude: i32| {
            let message = [latitude.to_le_bytes(), longitude.to_le_bytes()].concat();
            read(&fields, &message).position
        };
        assert_eq!(place(0, 0), None);
        assert!(place(0, 1).is_some());
        assert!(place(1 << 30, 0).is_some());
        assert_eq!(place((1 << 30) + 1, 0), None);
        assert_eq!(place(i32::MAX, 1), None);
    }

    #[test]
    fn a_negative_distance_and_an_altitude_beyond_the_sky_are_none() {
        assert_eq!(read(&[[5, 4, 0x85]], &(-1i32).to_le_bytes()).distance_m, None);
        assert_eq!(read(&[[78, 4, 0x86]], &(1u32 << 30).to_le_bytes()).altitude_m, None);
    }

    #[test]
    fn a_heart_rate_of_zero_is_none() {
        assert_eq!(read(&[[3, 1, 2]], &[0]).heart_rate_bpm, None);
        assert_eq!(read(&[[3, 2, 0x84]], &[0, 1]).heart_rate_bpm, None);
    }
}

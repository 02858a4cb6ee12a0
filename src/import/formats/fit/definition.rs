//! Definition messages, compiled: what their data messages are good for, and how they are read.

use super::{
    fields::{Fields, Slot, fields},
    record::RecordLayout,
};

/// FIT's global numbers of the messages we use.
pub(crate) mod global {
    pub(crate) const FILE_ID: u16 = 0;
    pub(crate) const SPORT: u16 = 12;
    pub(crate) const SESSION: u16 = 18;
    pub(crate) const LAP: u16 = 19;
    pub(crate) const RECORD: u16 = 20;
    pub(crate) const EVENT: u16 = 21;
    pub(crate) const ACTIVITY: u16 = 34;
}

/// The field `timestamp` has this number in every message.
const TIMESTAMP: u8 = 253;

/// What is done with the data messages of a definition.
#[derive(Clone, Debug)]
pub(crate) enum Use {
    /// Read in place, thousands of times.
    Record(RecordLayout),
    /// Looked up field by field, or copied: a few times a file.
    Rare(Fields),
    /// Stepped over.
    Nothing,
}

/// A compiled definition message.
#[derive(Clone, Debug)]
pub(crate) struct Definition {
    /// FIT's global message number.
    pub(crate) global: u16,
    /// Bytes of a data message without its header byte, developer fields included.
    pub(crate) size: usize,
    /// The `timestamp` field, if the message has one.
    pub(crate) timestamp: Option<Slot>,
    /// What its data messages are good for.
    pub(crate) used: Use,
}

impl Definition {
    /// Compiles the definition that starts at `bytes` (its header byte first) and says how long it is;
    /// `None` if `bytes` ends before it does.
    pub(crate) fn parse(bytes: &[u8]) -> Option<(Self, usize)> {
        let &[header, _reserved, architecture, g0, g1, count] = bytes.first_chunk::<6>()?;
        let big_endian = architecture & 1 == 1;
        let global = if big_endian { u16::from_be_bytes([g0, g1]) } else { u16::from_le_bytes([g0, g1]) };
        let developer_at = 6 + 3 * usize::from(count);
        let (fields, mut size) = fields(bytes.get(6..developer_at)?, big_endian);
        let mut length = developer_at;
        if header & 0x20 != 0 {
            let count = usize::from(*bytes.get(developer_at)?);
            let developer = bytes.get(developer_at + 1..developer_at + 1 + 3 * count)?;
            size += developer.as_chunks::<3>().0.iter().map(|field| usize::from(field[1])).sum::<usize>();
            length += 1 + developer.len();
        }
        let timestamp = fields.slot(TIMESTAMP);
        let used = match global {
            global::RECORD => Use::Record(RecordLayout::new(&fields)),
            global::FILE_ID
            | global::SPORT
            | global::SESSION
            | global::LAP
            | global::EVENT
            | global::ACTIVITY => Use::Rare(fields),
            _ => Use::Nothing,
        };
        Some((Self { global, size, timestamp, used }, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A little-endian `session` definition of these fields.
    fn session(fields: &[[u8; 3]]) -> Vec<u8> {
        let mut bytes = vec![0x40, 0, 0, 18, 0, fields.len() as u8];
        bytes.extend(fields.concat());
        bytes
    }

    fn read(bytes: &[u8], number: u8, message: &[u8]) -> Option<i64> {
        let (definition, length) = Definition::parse(bytes).expect("whole");
        assert_eq!(length, bytes.len());
        let Use::Rare(fields) = definition.used else { return None };
        fields.read(number, message)
    }

    #[test]
    fn every_integer_type_reads_its_value_and_refuses_its_invalid_one() {
        let cases: [(u8, &[u8], i64, &[u8]); 12] = [
            (0x00, &[1], 1, &[0xFF]),
            (0x01, &[0xFE], -2, &[0x7F]),
            (0x02, &[254], 254, &[0xFF]),
            (0x0A, &[255], 255, &[0]),
            (0x0D, &[7], 7, &[0xFF]),
            (0x83, &[0xFE, 0xFF], -2, &[0xFF, 0x7F]),
            (0x84, &[1, 2], 513, &[0xFF, 0xFF]),
            (0x04, &[1, 2], 513, &[0xFF, 0xFF]),
            (0x8B, &[1, 2], 513, &[0, 0]),
            (0x85, &[0xFE, 0xFF, 0xFF, 0xFF], -2, &[0xFF, 0xFF, 0xFF, 0x7F]),
            (0x86, &[0, 0, 0, 0x80], 1 << 31, &[0xFF; 4]),
            (0x8C, &[0, 0, 0, 0x80], 1 << 31, &[0; 4]),
        ];
        for (code, value, expected, invalid) in cases {
            let definition = session(&[[9, value.len() as u8, code]]);
            assert_eq!(read(&definition, 9, value), Some(expected), "base type {code:#x}");
            assert_eq!(read(&definition, 9, invalid), None, "base type {code:#x}");
        }
    }

    #[test]
    fn a_field_whose_size_differs_from_its_type_is_skipped_and_the_next_one_read() {
        let definition = session(&[[5, 3, 0x86], [9, 2, 0x84]]);
        let message = [1, 2, 3, 4, 5];
        assert_eq!(read(&definition, 5, &message), None);
        assert_eq!(read(&definition, 9, &message), Some(0x0504));
    }

    #[test]
    fn big_endian_numbers_the_message_and_its_values() {
        let definition = [0x40, 0, 1, 0, 18, 1, 9, 4, 0x86];
        assert_eq!(read(&definition, 9, &[0, 0, 1, 2]), Some(258));
    }

    #[test]
    fn developer_fields_add_to_the_size_only() {
        let mut bytes = session(&[[9, 2, 0x84]]);
        bytes[0] = 0x60;
        bytes.extend([2, 0, 4, 0, 1, 8, 0]);
        let (definition, length) = Definition::parse(&bytes).expect("whole");
        assert_eq!((definition.size, length), (14, bytes.len()));
    }

    #[test]
    fn a_definition_cut_anywhere_is_not_one() {
        let mut bytes = session(&[[9, 2, 0x84]]);
        bytes[0] = 0x60;
        bytes.extend([1, 0, 4, 0]);
        for length in 0..bytes.len() {
            assert!(Definition::parse(&bytes[..length]).is_none(), "{length} bytes");
        }
    }

    #[test]
    fn the_largest_definition_fits() {
        let bytes = session(&[[1, 255, 13]; 255]);
        assert_eq!(Definition::parse(&bytes).map(|(d, _)| d.size), Some(255 * 255));
    }
}

//! The fields of a definition message: where each stands in a data message, and how it is read.

/// FIT base types, as far as reading differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum BaseType {
    /// `enum`, `uint8`, `byte`: 0xFF is invalid.
    Uint8,
    /// `sint8`
    Sint8,
    /// `uint16`
    Uint16,
    /// `sint16`
    Sint16,
    /// `uint32`
    Uint32,
    /// `sint32`
    Sint32,
    /// `uint8z`: 0 is invalid.
    Uint8z,
    /// `uint16z`
    Uint16z,
    /// `uint32z`
    Uint32z,
    /// `string`, ended by a zero byte.
    Text,
    /// Floats and 64-bit integers, which none of our fields has.
    Other,
}

impl BaseType {
    /// The type by the low five bits of its code; the high bit only repeats that it has several bytes.
    fn from_code(code: u8) -> Self {
        match code & 0x1F {
            0 | 2 | 13 => Self::Uint8,
            1 => Self::Sint8,
            3 => Self::Sint16,
            4 => Self::Uint16,
            5 => Self::Sint32,
            6 => Self::Uint32,
            7 => Self::Text,
            10 => Self::Uint8z,
            11 => Self::Uint16z,
            12 => Self::Uint32z,
            _ => Self::Other,
        }
    }

    /// The code that `fitparser` knows it by.
    fn code(self) -> u8 {
        match self {
            Self::Uint8 => 2,
            Self::Sint8 => 1,
            Self::Sint16 => 0x83,
            Self::Uint16 => 0x84,
            Self::Sint32 => 0x85,
            Self::Uint32 => 0x86,
            Self::Text => 7,
            Self::Uint8z => 10,
            Self::Uint16z => 0x8B,
            Self::Uint32z => 0x8C,
            Self::Other => 13,
        }
    }

    /// Bytes of one integer; `None` for what is not one.
    fn integer_size(self) -> Option<u8> {
        match self {
            Self::Uint8 | Self::Sint8 | Self::Uint8z => Some(1),
            Self::Uint16 | Self::Sint16 | Self::Uint16z => Some(2),
            Self::Uint32 | Self::Sint32 | Self::Uint32z => Some(4),
            Self::Text | Self::Other => None,
        }
    }
}

/// One field as a definition lists it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    number: u8,
    size: u8,
    base_type: BaseType,
    /// From the first byte after the message's header byte.
    offset: u16,
}

impl Field {
    /// FIT's number of the field within its message.
    pub(crate) fn number(self) -> u8 {
        self.number
    }

    /// Whether it holds exactly one integer: no array, no size that differs from its type.
    pub(crate) fn is_integer(self) -> bool {
        self.base_type.integer_size() == Some(self.size)
    }

    /// Whether it holds text.
    pub(crate) fn is_text(self) -> bool {
        self.base_type == BaseType::Text && self.size > 0
    }

    /// The three bytes that define it in the clean stream.
    pub(crate) fn encoded(self) -> [u8; 3] {
        [self.number, self.size, self.base_type.code()]
    }

    /// Its bytes in a data message.
    pub(crate) fn bytes(self, message: &[u8]) -> &[u8] {
        let start = usize::from(self.offset);
        message.get(start..start + usize::from(self.size)).unwrap_or_default()
    }
}

/// Where and how one integer is read: all that reading a record needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    offset: u16,
    /// How many of 32 bits the integer leaves unused.
    unused_bits: u8,
    big_endian: bool,
    /// The highest of 32 bits if the integer is signed, else 0.
    sign_bit: i64,
    invalid: i64,
}

impl Slot {
    /// Compiles a field, unless it is no integer.
    fn new(field: Field, big_endian: bool) -> Option<Self> {
        let (sign_bit, invalid) = match field.base_type {
            BaseType::Uint8 => (0, i64::from(u8::MAX)),
            BaseType::Sint8 => (1 << 31, i64::from(i8::MAX)),
            BaseType::Uint16 => (0, i64::from(u16::MAX)),
            BaseType::Sint16 => (1 << 31, i64::from(i16::MAX)),
            BaseType::Uint32 => (0, i64::from(u32::MAX)),
            BaseType::Sint32 => (1 << 31, i64::from(i32::MAX)),
            BaseType::Uint8z | BaseType::Uint16z | BaseType::Uint32z => (0, 0),
            BaseType::Text | BaseType::Other => return None,
        };
        // An integer has 1, 2 or 4 bytes.
        let unused_bits = if field.is_integer() { 32 - 8 * field.size } else { return None };
        Some(Self { offset: field.offset, unused_bits, big_endian, sign_bit, invalid })
    }

    /// Where it stands, if it is an integer of so many bytes, with a sign or not, whose invalid value is the usual one.
    pub(crate) fn plain_offset(self, bytes: u8, signed: bool) -> Option<usize> {
        let bits = 8 * bytes;
        let highest = if signed { (1_i64 << (bits - 1)) - 1 } else { (1_i64 << bits) - 1 };
        let is_plain =
            self.unused_bits == 32 - bits && (self.sign_bit != 0) == signed && self.invalid == highest;
        is_plain.then_some(usize::from(self.offset))
    }

    /// The integer, unless it is its type's invalid value. `bytes` start with the message and may go on.
    #[inline]
    pub(crate) fn read(self, bytes: &[u8]) -> Option<i64> {
        let bytes = bytes.get(usize::from(self.offset)..)?;
        let four = bytes.first_chunk::<4>().copied().unwrap_or_else(|| padded(bytes));
        // The integer's bytes move to the top, what follows them falls off below.
        let top = if self.big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four) << self.unused_bits
        };
        // Flipping the sign bit and taking it off again carries it upwards; without one nothing changes.
        let value = ((i64::from(top) ^ self.sign_bit) - self.sign_bit) >> self.unused_bits;
        (value != self.invalid).then_some(value)
    }
}

/// The last bytes of a file, up to three, filled up with zeros.
#[cold]
fn padded(bytes: &[u8]) -> [u8; 4] {
    let mut four = [0; 4];
    four.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    four
}

/// The fields of a definition with their byte order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields {
    list: Vec<Field>,
    big_endian: bool,
}

impl Fields {
    /// The field with this number; the first one, should a file list it twice.
    pub(crate) fn find(&self, number: u8) -> Option<Field> {
        self.list.iter().copied().find(|field| field.number == number)
    }

    /// Where the integer field with this number stands; `None` if it is missing or of a strange size.
    pub(crate) fn slot(&self, number: u8) -> Option<Slot> {
        Slot::new(self.find(number)?, self.big_endian)
    }

    /// The integer with this number in a data message.
    pub(crate) fn read(&self, number: u8, message: &[u8]) -> Option<i64> {
        self.slot(number)?.read(message)
    }

    /// Whether the data messages are big endian.
    pub(crate) fn big_endian(&self) -> bool {
        self.big_endian
    }
}

/// The listed fields and the bytes they take together.
pub(super) fn fields(listed: &[u8], big_endian: bool) -> (Fields, usize) {
    let mut offset: u16 = 0;
    let list = listed.as_chunks::<3>().0.iter().map(|&[number, size, code]| {
        let field = Field { number, size, base_type: BaseType::from_code(code), offset };
        // 255 fields of 255 bytes fit.
        offset += u16::from(size);
        field
    });
    let list = list.collect();
    (Fields { list, big_endian }, usize::from(offset))
}

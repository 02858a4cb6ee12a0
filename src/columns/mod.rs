//! Rows of one list of fields as typed columns, and the files that are made of them: [`parquet`] and its twin [`csv`].
//!
//! Both hold the same columns, and numbers with the same decimals, so that they never disagree.

pub mod csv;
pub mod parquet;

use crate::fields::{Column, Kind, Row, Value, rounded};

/// A value as it is written: with the decimals of its field.
#[must_use]
pub fn written(value: Value<'_>, kind: Kind) -> Value<'_> {
    match (value, kind) {
        (Value::Real(number), Kind::Real(decimals)) => Value::Real(rounded(number, decimals)),
        (value, _) => value,
    }
}

/// The columns of a list of fields that tables hold.
#[must_use]
pub fn of<R: Row>() -> Vec<&'static Column> {
    R::columns().filter(|column| column.is_in_csv()).collect()
}

/// The known values of one column, in the order of their rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Values {
    /// Texts, one after the other, and where each ends.
    Text { letters: Vec<u8>, ends: Vec<usize> },
    /// Yes or no.
    Flag(Vec<bool>),
    /// Whole numbers; days since 1970.
    Int(Vec<i32>),
    /// Long whole numbers; microseconds since 1970, local.
    Long(Vec<i64>),
    /// Measured numbers.
    Real(Vec<f64>),
}

impl Values {
    fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::Text | Kind::Texts | Kind::Sums => Self::Text { letters: Vec::new(), ends: Vec::new() },
            Kind::Flag => Self::Flag(Vec::new()),
            Kind::Date | Kind::Whole => Self::Int(Vec::new()),
            Kind::Time | Kind::Long => Self::Long(Vec::new()),
            Kind::Real(_) => Self::Real(Vec::new()),
        }
    }

    /// Takes a value; `false` where it is unknown, or does not fit.
    fn push(&mut self, value: &Value<'_>) -> bool {
        match (self, value) {
            (Self::Text { letters, ends }, Value::Text(text)) => {
                letters.extend_from_slice(text.as_bytes());
                ends.push(letters.len());
            }
            (Self::Text { letters, ends }, Value::Texts(texts)) => {
                letters.extend_from_slice(texts.join("; ").as_bytes());
                ends.push(letters.len());
            }
            (Self::Flag(flags), Value::Flag(flag)) => flags.push(*flag),
            (Self::Int(days), Value::Date(date)) => days.push(date.to_epoch_days()),
            (Self::Int(numbers), Value::Whole(number)) => match i32::try_from(*number) {
                Ok(number) => numbers.push(number),
                Err(_) => return false,
            },
            (Self::Long(numbers), Value::Whole(number)) => numbers.push(*number),
            (Self::Long(times), Value::Time(time)) => times.push(time.and_utc().timestamp_micros()),
            (Self::Real(numbers), Value::Real(number)) => numbers.push(*number),
            _ => return false,
        }
        true
    }

    /// Keeps the rows in step where every row must have a value and this one does not fit; the table is never written.
    fn push_nothing(&mut self) {
        match self {
            Self::Text { letters, ends } => ends.push(letters.len()),
            Self::Flag(flags) => flags.push(false),
            Self::Int(numbers) => numbers.push(0),
            Self::Long(numbers) => numbers.push(0),
            Self::Real(numbers) => numbers.push(0.0),
        }
    }

    fn append(&mut self, later: Self) {
        match (self, later) {
            (Self::Text { letters, ends }, Self::Text { letters: more, ends: later }) => {
                let before = letters.len();
                letters.extend_from_slice(&more);
                ends.extend(later.into_iter().map(|end| before + end));
            }
            (Self::Flag(values), Self::Flag(later)) => values.extend(later),
            (Self::Int(values), Self::Int(later)) => values.extend(later),
            (Self::Long(values), Self::Long(later)) => values.extend(later),
            (Self::Real(values), Self::Real(later)) => values.extend(later),
            // columns of one list are of one kind each
            _ => {}
        }
    }

    /// Takes the first so many out.
    fn split_front(&mut self, n: usize) -> Self {
        match self {
            Self::Text { letters, ends } => {
                let end = n.checked_sub(1).map_or(0, |last| ends[last]);
                let rest = letters.split_off(end);
                let later = ends.split_off(n).into_iter().map(|later| later - end).collect();
                Self::Text { letters: std::mem::replace(letters, rest), ends: std::mem::replace(ends, later) }
            }
            Self::Flag(values) => Self::Flag(front(values, n)),
            Self::Int(values) => Self::Int(front(values, n)),
            Self::Long(values) => Self::Long(front(values, n)),
            Self::Real(values) => Self::Real(front(values, n)),
        }
    }
}

fn front<T>(values: &mut Vec<T>, n: usize) -> Vec<T> {
    let rest = values.split_off(n);
    std::mem::replace(values, rest)
}

/// One column: its known values, and which rows have one.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Filled {
    pub(crate) column: &'static Column,
    pub(crate) values: Values,
    /// For each row 1 where it has a value, else 0; empty where every row has one.
    pub(crate) levels: Vec<i16>,
}

/// Rows as columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    pub(crate) filled: Vec<Filled>,
    rows: usize,
    /// A column that every row must have and that one row's value does not fit into: no such table is written.
    unfit: Option<&'static str>,
}

impl Columns {
    /// No row yet.
    #[must_use]
    pub fn new(columns: &[&'static Column]) -> Self {
        let empty = |column: &&'static Column| Filled {
            column,
            values: Values::of_kind(column.kind),
            levels: Vec::new(),
        };
        Self { filled: columns.iter().map(empty).collect(), rows: 0, unfit: None }
    }

    /// Every row of a list.
    #[must_use]
    pub fn of_rows<R: Row>(rows: impl IntoIterator<Item = R>) -> Self {
        let mut columns = Self::new(&of::<R>());
        rows.into_iter().for_each(|row| columns.push(&row));
        columns
    }

    /// One more row, of the list that the columns are of.
    pub fn push<R: Row>(&mut self, row: &R) {
        let values = row.values().filter(|(column, _)| column.is_in_csv());
        for (filled, (column, value)) in self.filled.iter_mut().zip(values) {
            let is_known = filled.values.push(&written(value, column.kind));
            match (is_known, column.is_in_every_row()) {
                (false, true) => {
                    filled.values.push_nothing();
                    self.unfit = Some(column.name);
                }
                (_, true) => {}
                (is_known, false) => filled.levels.push(i16::from(is_known)),
            }
        }
        self.rows += 1;
    }

    /// Later rows of the same list.
    pub fn append(&mut self, later: Self) {
        self.rows += later.rows;
        self.unfit = self.unfit.or(later.unfit);
        for (filled, later) in self.filled.iter_mut().zip(later.filled) {
            filled.values.append(later.values);
            filled.levels.extend(later.levels);
        }
    }

    /// A column that a value does not fit into, although every row must have one.
    #[must_use]
    pub fn unfit(&self) -> Option<&'static str> {
        self.unfit
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Takes the first so many rows out, or all there are.
    #[must_use]
    pub fn split_front(&mut self, rows: usize) -> Self {
        let rows = rows.min(self.rows);
        let split = |filled: &mut Filled| {
            let known = match filled.levels.is_empty() {
                true => rows,
                false => filled.levels[..rows].iter().filter(|level| **level == 1).count(),
            };
            let values = filled.values.split_front(known);
            let levels = if filled.levels.is_empty() { Vec::new() } else { front(&mut filled.levels, rows) };
            Filled { column: filled.column, values, levels }
        };
        self.rows -= rows;
        Self { filled: self.filled.iter_mut().map(split).collect(), rows, unfit: self.unfit }
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A small list of fields for the tests of this room.

    use chrono::{NaiveDate, NaiveDateTime};

    use crate::fields::{Column, Field, Kind, Row, Value};

    #[derive(Clone, Debug)]
    pub(crate) struct Sample {
        pub(crate) id: String,
        pub(crate) date: NaiveDate,
        pub(crate) start: Option<NaiveDateTime>,
        pub(crate) meters: Option<i64>,
        pub(crate) sum_m: i64,
        pub(crate) ratio: Option<f64>,
        pub(crate) race: bool,
    }

    type SampleField = Field<for<'a> fn(&'a Sample) -> Value<'a>>;

    static FIELDS: &[SampleField] = &[
        Field {
            column: Column::new("id", Kind::Text, "", "a name").in_every_row(),
            value: |s| s.id.as_str().into(),
        },
        Field {
            column: Column::new("date", Kind::Date, "", "a day").in_every_row(),
            value: |s| Value::Date(s.date),
        },
        Field {
            column: Column::new("start", Kind::Time, "", "a time"),
            value: |s| s.start.map_or(Value::Unknown, Value::Time),
        },
        Field { column: Column::new("distance_m", Kind::Whole, "m", "metres"), value: |s| s.meters.into() },
        Field {
            column: Column::new("sum_m", Kind::Long, "m", "a sum").in_every_row(),
            value: |s| Value::Whole(s.sum_m),
        },
        Field { column: Column::new("ratio", Kind::Real(4), "", "a ratio"), value: |s| s.ratio.into() },
        Field {
            column: Column::new("race", Kind::Flag, "", "a race").in_every_row(),
            value: |s| Value::Flag(s.race),
        },
    ];

    impl Row for Sample {
        fn columns() -> impl Iterator<Item = &'static Column> {
            FIELDS.iter().map(|field| &field.column)
        }

        fn values(&self) -> impl Iterator<Item = (&'static Column, Value<'_>)> {
            FIELDS.iter().map(|field| (&field.column, (field.value)(self)))
        }
    }

    /// Rows of which every third has nothing but what it must have.
    pub(crate) fn samples(n: usize) -> Vec<Sample> {
        let date: NaiveDate = "2026-03-01".parse().unwrap();
        (0..n)
            .map(|i| Sample {
                id: format!("läufer {i}"),
                date: date + chrono::Days::new(i as u64),
                start: (i % 3 != 0).then(|| date.and_hms_opt(7, 30, 15).unwrap()),
                meters: (i % 3 != 0).then_some(10_000 + i as i64),
                sum_m: 5_000_000_000 + i as i64,
                ratio: (i % 3 == 1).then(|| 1.0 / (i as f64 + 2.0)),
                race: i % 2 == 0,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::samples, *};

    #[test]
    fn rows_in_pieces_are_the_columns_of_all_rows() {
        let rows = samples(11);
        let whole = Columns::of_rows(rows.clone());
        for at in 0..=11 {
            let mut first = Columns::of_rows(rows[..at].to_vec());
            if at == 0 {
                first = Columns::new(&of::<testing::Sample>());
            }
            first.append(Columns::of_rows(rows[at..].to_vec()));
            assert_eq!(first, whole, "put together at {at}");
            let mut rest = whole.clone();
            assert_eq!(rest.split_front(at), Columns::of_rows(rows[..at].to_vec()), "divided at {at}");
            assert_eq!(rest, Columns::of_rows(rows[at..].to_vec()), "divided at {at}");
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_unknown_never_another_one() {
        let mut row = samples(2).remove(1);
        row.meters = Some(i64::from(i32::MAX) + 1);
        let columns = Columns::of_rows([row]);
        assert_eq!(columns.filled[3].levels, [0]);
    }
}

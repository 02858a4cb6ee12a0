//! A table of one runner as a Parquet file.

use std::path::Path;

use anyhow::{Context, Result, bail};

use super::{Format, output};
use crate::{
    columns::{self, Columns, parquet::write::ParquetWriter},
    fields::Row,
};

/// Version of the columns: more of them may come, none changes its name, its type or its meaning within one.
const SCHEMA_VERSION: &str = "1";

/// That Parquet goes into a file, never to a terminal.
pub(super) fn needed(format: Format, file: Option<&Path>) -> Result<()> {
    if format == Format::Parquet && file.is_none() {
        bail!("Parquet is no text: name a file for it with `--output FILE`");
    }
    Ok(())
}

/// Writes rows of one list of fields, whole or not at all.
pub(super) fn write<R: Row>(table: &str, rows: impl Iterator<Item = R>, file: Option<&Path>) -> Result<()> {
    let Some(file) = file else { return needed(Format::Parquet, file) };
    let about = [("schema_version", SCHEMA_VERSION), ("table", table)];
    let made = ParquetWriter::new(Vec::new(), &columns::of::<R>(), &about).and_then(|mut writer| {
        writer.write(Columns::of_rows(rows))?;
        writer.finish()
    });
    let bytes = made.with_context(|| format!("cannot make `{}`", file.display()))?;
    output::write_file(file, &bytes)
}

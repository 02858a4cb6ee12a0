"""pyarrow, DuckDB and Python's own csv module see the same in every table of a cohort: rows, columns, and of each column how
many cells hold something, the smallest, the largest and the sum.

Usage: agree.py TREADLIGHT MAKE_COHORT. Needs pyarrow and duckdb.
"""

import csv
import datetime
import math
import os
import pathlib
import subprocess
import sys
import tempfile

import duckdb
import pyarrow.parquet

RUNNERS, ROWS = 200, 22_600


def make(treadlight, make_cohort, work):
    """The same cohort as Parquet and as CSV."""
    table, injuries = work / "table.csv.gz", work / "injuries.csv"
    size = ["--runners", str(RUNNERS), "--rows", str(ROWS)]
    subprocess.run([make_cohort, "table", table, *size, "--injuries", injuries], check=True)
    for form in ("parquet", "csv"):
        command = [treadlight, "cohort", table, "--out", work / form, "--format", form]
        subprocess.run([*command, "--injuries", injuries, "--quiet"], check=True)


def plain(value):
    """A number for what can be added up, text for the rest."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def of_column(values):
    """Cells that hold something, and of those the smallest, the largest and, of numbers, the exact sum."""
    held = [plain(value) for value in values if value is not None]
    total = math.fsum(held) if held and not isinstance(held[0], str) else None
    return len(held), min(held, default=None), max(held, default=None), total


def by_pyarrow(folder):
    """The files as they are: types are those of the file."""
    table = pyarrow.concat_tables([pyarrow.parquet.read_table(file) for file in sorted(folder.glob("*.parquet"))])
    return table.num_rows, {name: of_column(table[name].to_pylist()) for name in table.column_names}, table.schema


def by_duckdb(folder):
    relation = duckdb.sql(f"from read_parquet('{folder}/*.parquet')")
    rows = relation.fetchall()
    columns = list(zip(*rows)) or [()] * len(relation.columns)
    return len(rows), dict(zip(relation.columns, map(of_column, columns)))


def by_csv(folder, schema):
    """Text, read by the types that the Parquet file states."""
    rows, header = [], None
    for file in sorted(folder.glob("*.csv")):
        with open(file, newline="", encoding="utf-8") as text:
            reader = csv.reader(text)
            header = next(reader)
            rows.extend(reader)
    columns = list(zip(*rows)) or [()] * len(header)
    read = {name: [cell(text, schema.field(name).type) for text in column] for name, column in zip(header, columns)}
    return len(rows), {name: of_column(values) for name, values in read.items()}


def cell(text, kind):
    if text == "":
        return None
    if pyarrow.types.is_integer(kind):
        return int(text)
    if pyarrow.types.is_floating(kind):
        return float(text)
    if pyarrow.types.is_boolean(kind):
        return {"true": True, "false": False}[text]
    if pyarrow.types.is_timestamp(kind):
        return datetime.datetime.fromisoformat(text)
    if pyarrow.types.is_date(kind):
        return datetime.date.fromisoformat(text)
    return text


def main(treadlight, make_cohort):
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        make(treadlight, make_cohort, work)
        tables = sorted(path.name for path in (work / "parquet").iterdir() if any(path.glob("*.parquet")))
        assert len(tables) >= 7, tables
        for table in tables:
            rows, columns, schema = by_pyarrow(work / "parquet" / table)
            for name, seen in (
                ("DuckDB", by_duckdb(work / "parquet" / table)),
                ("CSV", by_csv(work / "csv" / table, schema)),
            ):
                assert seen[0] == rows, f"{table}: {seen[0]} rows by {name}, {rows} by pyarrow"
                assert list(seen[1]) == list(columns), f"{table}: columns by {name} are {list(seen[1])}"
                for column, expected in columns.items():
                    assert seen[1][column] == expected, f"{table}.{column}: {seen[1][column]} by {name}, {expected}"
            print(f"{table}: {rows} rows, {len(columns)} columns: pyarrow, DuckDB and CSV agree")


if __name__ == "__main__":
    main(*(os.path.abspath(path) for path in sys.argv[1:3]))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed in a sandbox's database.

    database-rows.py DATABASE COPY [TABLE.COLUMN…]

Each line on standard input asks; the answer is a line of JSON: what is not as it was at the last question, a text for each row, naming
table and columns and no values. Columns that are named on the command line do not count. The sandbox has its database to itself,
so its files are copied; what it has answered for is in them.
"""
import json
import os
import shutil
import sqlite3
import sys

DATABASE, COPY, IGNORED = sys.argv[1], sys.argv[2], set(sys.argv[3:])


def stamp():
    return [(os.stat(name).st_mtime_ns, os.stat(name).st_size) for name in (DATABASE, DATABASE + "-wal") if os.path.exists(name)]


def read():
    """{table: {row's key: {column: value}}}"""
    for end in ("", "-wal"):
        if os.path.exists(DATABASE + end):
            shutil.copyfile(DATABASE + end, COPY + end)
    connection = sqlite3.connect(COPY)
    connection.row_factory = sqlite3.Row
    try:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: read_table(connection, name) for name in names}
    finally:
        connection.close()


def read_table(connection, name):
    keys = [row["name"] for row in connection.execute(f'PRAGMA table_info("{name}")') if row["pk"]]
    rows = {}
    for row in connection.execute(f'SELECT * FROM "{name}"'):
        values = {column: row[column] for column in row.keys() if f"{name}.{column}" not in IGNORED}
        rows[tuple(row[key] for key in keys) if keys else tuple(row)] = values
    return rows


def compare(before, after):
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, {}), after.get(table, {})
        yield from (f"{table}: a row is gone" for key in old if key not in new)
        yield from (f"{table}: a row is new" for key in new if key not in old)
        for key in new:
            columns = [column for column, value in new[key].items() if key in old and old[key].get(column) != value]
            if columns:
                yield f"{table}: {', '.join(columns)}"


def main():
    known, seen = read(), stamp()
    for _ in sys.stdin:
        changes = []
        if stamp() != seen:
            seen = stamp()
            rows = read()
            changes = list(compare(known, rows))
            known = rows
        print(json.dumps(changes), flush=True)


main()

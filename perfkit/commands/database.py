"""Load exported tables into a PostgreSQL database, in one transaction: readers see the old rows or the new, never half.

Tables stand in the schema `SCHEMA` with their keys, the keys that lead into dimensions, and an index on each of those.
Rows are replaced, tables stay: grants and views that others made on them live on. A table whose columns have changed is
made anew. perfkit's tables say in a comment what they mean; one of the same name without is another's, and never
touched.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any

from perfkit.model.errors import ParameterError, StoreError

if TYPE_CHECKING:
    import pandas as pd

    from perfkit.analysis.star import StarTable
    from perfkit.commands.collection import Collection

SCHEMA = "perfkit"
_LOCK = 7_305_812_442
"""Any number, always the same: whoever loads holds the lock of this number, so that two loads take turns."""
_CHUNK = 50_000
_EXPECTED = "postgresql://user:password@host:5432/database"


def load(collection: Collection, address: str) -> tuple[Collection, str]:
    """Replace the collection's tables in a database; give those written, and its host and name, never the password.

    Of all tables those that hold nothing are left out, unless they hold something there.

    Raises `ParameterError` where the address is none or SQLAlchemy is missing, and `StoreError` where the database
    cannot be reached or written; it then holds what it held before.
    """
    try:
        import psycopg
        import sqlalchemy
    except ImportError:
        raise ParameterError("Writing into a database needs more packages: pip install 'perfkit[sql]'") from None
    url = _url(address)
    where = f"{url.database or ''} at {url.host or 'this computer'}"
    written = collection
    engine = sqlalchemy.create_engine(url, hide_parameters=True)
    try:
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            there = set(sqlalchemy.inspect(connection).get_table_names(schema=SCHEMA))
            written = collection.trimmed(there.__contains__)
            _replace(connection, written, _prepared(connection, written, there))
    except (sqlalchemy.exc.SQLAlchemyError, psycopg.Error) as error:
        raise StoreError(f"The database {where} was left as it was: {_reason(error, url.password)}") from None
    finally:
        engine.dispose()
    return written, where


def _url(address: str) -> Any:
    """Read the address; the message names what was expected and never what was given: that may hold a password."""
    import sqlalchemy

    try:
        url = sqlalchemy.make_url(address)
    except (sqlalchemy.exc.ArgumentError, ValueError):
        raise ParameterError(f"--to is not the address of a database: expected {_EXPECTED}") from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise ParameterError(f'--to names a database of the kind "{url.get_backend_name()}": expected {_EXPECTED}')
    if "@" in (url.host or ""):
        raise ParameterError(f"--to has more than one @: write one in a password as %40. Expected {_EXPECTED}")
    return url.set(drivername="postgresql+psycopg")


def _reason(error: Exception, password: str | None) -> str:
    from psycopg.errors import DependentObjectsStillExist

    cause = getattr(error, "orig", None) or error
    first = " ".join(str(cause).strip().split("\n")[0].split())
    if isinstance(cause, DependentObjectsStillExist):
        first = f"{first} ({cause.diag.message_detail}): drop them, export, and make them again"
    return first.replace(password, "***") if password else first


def _prepared(connection: Any, collection: Collection, there: Set[str]) -> list[Any]:
    """Make the schema and the tables that are missing, besides those ``there``; make anew those with other columns.

    Raises `StoreError` where a table of that name is somebody else's.
    """
    import sqlalchemy

    inspector = sqlalchemy.inspect(connection)
    if not inspector.has_schema(SCHEMA):
        # Not IF NOT EXISTS, for which a role must have the right to make one even where one stands ready for it.
        connection.execute(sqlalchemy.text(f"CREATE SCHEMA {SCHEMA}"))
    wanted = sqlalchemy.MetaData(schema=SCHEMA)
    tables = [_table(wanted, declared) for declared in collection.tables.values()]
    for name in (table.name for table in tables if table.name in there):
        if not inspector.get_table_comment(name, schema=SCHEMA)["text"]:
            said = f"The table {SCHEMA}.{name} there was not made by perfkit, and the database was left as it was"
            raise StoreError(f"{said}: rename that table, or export to another database.")
    same = all(
        table.name not in there or _columns(inspector, table.name) == [column.name for column in table.columns]
        for table in tables
    )
    if not same:
        wanted.drop_all(connection)
    wanted.create_all(connection)
    return tables


def _columns(inspector: Any, name: str) -> list[str]:
    return [column["name"] for column in inspector.get_columns(name, schema=SCHEMA)]


def _table(wanted: Any, declared: StarTable) -> Any:
    import sqlalchemy as sql

    kinds = {"text": sql.Text, "number": sql.Double, "whole": sql.BigInteger, "flag": sql.Boolean, "date": sql.Date}
    columns: list[Any] = []
    for column in declared.columns:
        leads = [sql.ForeignKey(f"{SCHEMA}.{column.refers}.{_key(column.refers)}")] if column.refers else []
        own = column.name in declared.key
        made: Any = sql.Column(column.name, kinds[column.kind], *leads, primary_key=own, autoincrement=False,
                          index=bool(leads), comment=column.meaning)  # fmt: skip
        columns.append(made)
    return sql.Table(declared.name, wanted, *columns, comment=declared.meaning)


def _key(dimension: str) -> str:
    from perfkit.analysis import star

    return star.TABLES[dimension].key[0]


def _replace(connection: Any, collection: Collection, tables: Iterable[Any]) -> None:
    """Take out the old rows, facts first, and put in the new, dimensions first."""
    made = list(tables)
    for table in reversed(made):
        connection.execute(table.delete())
    cursor = connection.connection.driver_connection.cursor()
    for table in made:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        empty = f"FORCE_NULL ({names})"
        command = f'COPY {SCHEMA}."{table.name}" ({names}) FROM STDIN WITH (FORMAT csv, {empty})'
        with cursor.copy(command) as copy:
            for chunk in _chunks(collection.frames[table.name]):
                copy.write(chunk)


def _chunks(frame: pd.DataFrame) -> Iterator[str]:
    """Write rows as the database reads them: text in quotes, so that no text ends the data; nothing for missing."""
    from perfkit.commands.export_files import with_days

    plain = with_days(frame)
    for start in range(0, len(plain), _CHUNK):
        out = io.StringIO()
        part = plain.iloc[start : start + _CHUNK]
        part.to_csv(out, index=False, header=False, quoting=csv.QUOTE_NONNUMERIC, date_format="%Y-%m-%d")
        yield out.getvalue().replace("\x00", "\ufffd")

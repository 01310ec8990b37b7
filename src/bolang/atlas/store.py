"""The shipped tables: Parquet files beside this module, read lazily and kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bolang.foundation import checks
from bolang.foundation.errors import BadInputError, UnknownIndicatorError
from bolang.foundation.forks import in_use
from bolang.foundation.text import Text, tr

if TYPE_CHECKING:
    import duckdb
    import polars as pl

FOLDER = Path(__file__).parent / "tables"


@cache
def table_names() -> tuple[str, ...]:
    """Return the names of the shipped tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.parquet")))


def table_path(name: str) -> Path:
    """Return the file of a table.

    Raises
    ------
    UnknownIndicatorError
        If no table has this name.
    """
    if name not in table_names():
        raise UnknownIndicatorError(
            tr(f"没有名为 {name!r} 的数据表。", f"There is no table {name!r}."),
            tr("现有数据表：", "Tables: ") + ", ".join(table_names()),
        )
    return FOLDER / f"{name}.parquet"


def load(name: str) -> pl.DataFrame:
    """Return a table as a frame; frames are shared, so treat them as read-only.

    Raises
    ------
    UnknownIndicatorError
        If no table has this name.
    ForkedError
        In a process that cannot read it any more.
    """
    in_use()
    return _loaded(checks.text(name, Text("数据表", "The name of the table"), longest=checks.NAME))


@cache
def _loaded(name: str) -> pl.DataFrame:
    import polars as pl

    return pl.read_parquet(table_path(name))


def connect(files: Mapping[str, str | Path] | None = None) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database with one view a table, which reaches nothing but the shipped tables and the files named.

    Parameters
    ----------
    files : mapping of str to path, optional
        The user's own CSV, Parquet or JSON files by the name of their view.

    Raises
    ------
    BadInputError
        If a name is taken, or a file is missing or of another kind.
    """
    import duckdb

    connection = duckdb.connect(":memory:")
    for name in table_names():
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_reader(FOLDER / f"{name}.parquet")}')
    for name, path in (files or {}).items():
        _add_file(connection, name, Path(path).absolute())
    own = ", ".join(_quoted(str(Path(path).absolute())) for path in (files or {}).values())
    connection.execute(f"SET allowed_directories = [{_quoted(str(FOLDER))}]")
    connection.execute(f"SET allowed_paths = [{own}]")
    for setting in _LOCKED:
        connection.execute(f"SET {setting}")
    return connection


_LOCKED = (
    "python_enable_replacements = false",
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "enable_external_access = false",
    "lock_configuration = true",
)
"""A query may come from anybody: it gets no file, no network, no extension and no variable of the program."""

_READERS = {".csv": "read_csv", ".tsv": "read_csv", ".parquet": "read_parquet", ".json": "read_json"}


def _add_file(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    import duckdb

    if name.lower() in table_names() or not name.isidentifier():
        raise BadInputError(
            tr(f"{name!r} 不能作为表名。", f"{name!r} cannot name a table."),
            tr("请用未占用的字母或汉字名称。", "Use letters, and no name of a built-in table."),
        )
    if path.suffix.lower() not in _READERS or not path.is_file():
        raise BadInputError(
            tr(f"无法把 {path} 读作数据表。", f"{path} cannot be read as a table."),
            tr("请给出已有的 .csv、.parquet 或 .json 文件。", "Name an existing .csv, .parquet or .json file."),
        )
    try:
        connection.execute(f'CREATE VIEW "{name}" AS SELECT * FROM {_reader(path)}')
    except duckdb.Error as error:
        said = str(error).split("\n", maxsplit=1)[0]
        raise BadInputError(
            tr(f"无法把 {path} 读作数据表：{said}", f"{path} cannot be read as a table: {said}"),
            tr("文本文件应为 UTF-8 编码。", "Text files must be in UTF-8."),
        ) from error


def _reader(path: Path) -> str:
    return f"{_READERS[path.suffix.lower()]}({_quoted(str(path))})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def statement_kinds(query: str) -> list[str]:
    """Return what each statement of a query is; one that the library has no name for is of no kind."""
    import duckdb

    def kind(statement: duckdb.Statement) -> str:
        try:
            return str(statement.type).rpartition(".")[2]
        except ValueError:
            return ""

    return [kind(statement) for statement in duckdb.extract_statements(query)]


def ask(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Return the answer to one query; whatever it might have changed is taken back.

    A cursor of its own a query, so that threads may share the connection.
    """
    with connection.cursor() as cursor:
        cursor.begin()
        try:
            return frame_of(cursor.sql(query))
        finally:
            cursor.rollback()


_TYPES = {
    "VARCHAR": "String",
    "DOUBLE": "Float64",
    "FLOAT": "Float32",
    "TINYINT": "Int8",
    "SMALLINT": "Int16",
    "INTEGER": "Int32",
    "BIGINT": "Int64",
    "BOOLEAN": "Boolean",
    "BLOB": "Binary",
}


def frame_of(result: duckdb.DuckDBPyRelation) -> pl.DataFrame:
    """Return the result of a query as a frame; columns of one name are numbered.

    Row by row: results are small, and the direct way would make every installation carry pyarrow (170 MB).
    """
    import polars as pl

    names, kinds = _distinct(result.columns), [str(kind) for kind in result.types]
    if "TIMESTAMP WITH TIME ZONE" in kinds:  # would need yet another package
        as_text = (
            f"{mark}::VARCHAR" if kind == "TIMESTAMP WITH TIME ZONE" else mark
            for mark, kind in zip((f"#{n}" for n in range(1, len(kinds) + 1)), kinds, strict=True)
        )
        result = result.project(", ".join(as_text))
    columns = zip(*rows, strict=True) if (rows := result.fetchall()) else [()] * len(names)
    return pl.DataFrame([_series(n, k, list(c)) for n, k, c in zip(names, kinds, columns, strict=True)])


def _series(name: str, kind: str, values: list[Any]) -> pl.Series:
    import polars as pl

    listed = kind.removesuffix("[]")
    dtype = getattr(pl, _TYPES[listed]) if listed in _TYPES else None
    if dtype is not None and listed != kind:
        dtype = pl.List(dtype)
    if dtype is not None or not values:
        return pl.Series(name, values, dtype=dtype or pl.String)
    try:
        return pl.Series(name, values)
    except (TypeError, ValueError, OverflowError, pl.exceptions.PolarsError):
        return pl.Series(name, [None if value is None else str(value) for value in values], dtype=pl.String)


def _distinct(names: Iterable[str]) -> list[str]:
    """Number the repeated names, as a frame has each name once."""
    given: list[str] = []
    for name in names:
        shown, count = name, 1
        while shown in given:
            shown, count = f"{name}_{count}", count + 1
        given.append(shown)
    return given

"""SQL stands in the records, in the hub's tables and in the database module, and nowhere else."""

import ast
import re

from tests.house.tree import PACKAGES, inside, modules, parsed, strings

ROOMS = ("edge/records/", "edge/schema/", "edge/ground/database.py", "sync/hub/tables/", "sync/hub/schema/")
SQL = re.compile(
    r"\bSELECT\s.+?\sFROM\b|\bSELECT\s+\d|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\b|\bREPLACE\s+INTO\b|\bUPDATE\s+\S+\s+SET\b"
    r"|\bDELETE\s+FROM\b|\b(?:CREATE|DROP|ALTER)\s+(?:UNIQUE\s+|VIRTUAL\s+|TEMP\s+)?(?:TABLE|INDEX|VIEW|TRIGGER)\b"
    r"|\bPRAGMA\s+\w+|\bBEGIN\s+IMMEDIATE\b|\bVACUUM\b|\bATTACH\s+DATABASE\b",
    re.DOTALL,
)


def sql_in(tree: ast.Module) -> list[str]:
    """Return line and words of every string that is SQL."""
    return [f"{line}: {' '.join(found[0].split())}" for line, text in strings(tree) if (found := SQL.search(text))]


def spliced(tree: ast.Module) -> list[str]:
    """Return every SQL text into which something else than a constant, a NAME IN CAPITALS, is put."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and SQL.search(ast.unparse(node))]
    parts = [
        (node.lineno, part.value) for node in texts for part in node.values if isinstance(part, ast.FormattedValue)
    ]
    return [f"{line}: {ast.unparse(part)}" for line, part in parts if not ast.unparse(part).isupper()]


def test_sql_stands_only_in_its_rooms() -> None:
    elsewhere = [path for path in modules(*PACKAGES) if not inside(path).startswith(ROOMS)]
    found = {inside(path): sql_in(parsed(path)) for path in elsewhere}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_search_sees_sql_and_leaves_prose_alone() -> None:
    prose = '"""SELECT x FROM y is said here."""\nA = "Select from the list, then update it"\n'
    assert sql_in(ast.parse(prose)) == []
    query = 'A = "SELECT x\\nFROM y"\nB = f"UPDATE {A} SET x = 1"\n'
    assert sql_in(ast.parse(query)) == ["1: SELECT x FROM"]
    change = 'A = "UPDATE t SET x = 1"\nB = "PRAGMA user_version"'
    assert sql_in(ast.parse(change)) == ["1: UPDATE t SET", "2: PRAGMA user_version"]


def test_what_is_put_into_sql_text_is_a_constant() -> None:
    found = {inside(path): spliced(parsed(path)) for path in modules(*PACKAGES)}
    assert {name: parts for name, parts in found.items() if parts} == {}


def test_a_value_in_sql_text_is_caught() -> None:
    assert spliced(ast.parse('f"SELECT {COLUMNS} FROM t WHERE x = {name}"')) == ["1: name"]

"""The commands as a person types them, each in a process of its own."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

JUNE_MEANS = ["10.1", "12.2", "17.1", "18.1"]


class Compromisos(Protocol):
    def __call__(
        self, *arguments: str, given: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def compromisos(tmp_path: Path) -> Compromisos:
    """Run a command in an empty folder; returns the finished process."""

    def run(
        *arguments: str, given: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
        root = str(Path(__file__).parents[2])
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=tmp_path,
            env={**clean, "PYTHONPATH": root, **environment},
        )

    return run


def test_a_question_is_answered_with_nothing_set_up(compromisos: Compromisos) -> None:
    done = compromisos("ask", "¿qué vence en junio?", "--today", "2021-05-14")

    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "🔎 4 medios: en junio de 2021"
    assert len(done.stdout.splitlines()) == 5
    assert done.stderr == ""


def test_the_structured_answer_has_the_fields_of_the_design(compromisos: Compromisos) -> None:
    done = compromisos("ask", "pendientes de utia en junio", "--json", "--today", "2021-05-14")

    answer = json.loads(done.stdout)
    reply = answer.pop("reply")
    assert answer == {
        "id": None,
        "intent": "list",
        "means": ["10.1", "12.2", "18.1"],
        "due_from": "2021-06-01",
        "due_to": "2021-06-30",
        "units": ["UTAI"],
        "status": "pending",
        "topic": None,
    }
    assert reply.startswith("🔎 3 medios: pendientes · de UTAI · en junio de 2021")


def test_lines_in_lines_out_in_order(compromisos: Compromisos) -> None:
    lines = [
        {"id": 2, "text": "vencidos", "today": "2021-06-01", "submitted": ["1.1", "2.1"]},
        {"id": 1, "text": "y en junio", "context": ["compromisos de UPPM"], "today": "2021-05-01"},
        {"text": "asdf"},
    ]

    done = compromisos("ask", "--jsonl", given="\n".join(json.dumps(line) for line in lines))

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(answer["id"], answer["means"]) for answer in answers] == [
        (2, ["4.1", "6.1", "11.1", "12.1"]),
        (1, ["17.1"]),
        (None, None),
    ]


def test_a_line_that_is_no_question_is_named(compromisos: Compromisos) -> None:
    done = compromisos("ask", "--jsonl", given='{"text": "junio"}\n{"texto": "junio"}\n')

    assert done.returncode == 2
    assert done.stderr == "línea 2: text: falta\n"


@pytest.mark.parametrize("arguments", [("ask",), ("ask", "junio", "--jsonl")])
def test_ask_wants_one_kind_of_question(
    compromisos: Compromisos, arguments: tuple[str, ...]
) -> None:
    done = compromisos(*arguments, given="")

    assert done.returncode == 2
    assert "compromisos ask" in done.stderr


def test_export_writes_the_whole_matrix(compromisos: Compromisos, tmp_path: Path) -> None:
    done = compromisos("export", "matriz.json")

    rows = json.loads((tmp_path / "matriz.json").read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert len(rows) == 22
    assert rows[0]["code"] == "1.1"
    assert rows[0]["due_text"] == "May-21"
    assert rows[0]["commitment"]["number"] == "1"
    assert {row["code"]: row["units"] for row in rows}["3.1"] == ["UTAI", "CGC"]


def test_export_names_an_ending_it_does_not_know(compromisos: Compromisos) -> None:
    done = compromisos("export", "matriz.doc")

    assert done.returncode == 2
    assert done.stderr == "matriz.doc: no conozco la terminación «.doc»; use .json\n"


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        pytest.param({"BOT_TIMEZONE": "Lima"}, "BOT_TIMEZONE", id="zone"),
        pytest.param({"BOT_TODAY": "ayer"}, "BOT_TODAY", id="day"),
        pytest.param({"BOT_DATABASE_URL": "mysql://u:hush@h/x"}, "BOT_DATABASE_URL", id="engine"),
        pytest.param({"BOT_DATABASE_URL": "sqlite:////no/such/x.db"}, "no existe", id="folder"),
        pytest.param(
            {"BOT_DATABASE_URL": "postgresql://u:hush@127.0.0.1:1/x"}, "no responde", id="server"
        ),
    ],
)
def test_a_wrong_setting_is_one_clear_line(
    compromisos: Compromisos, environment: dict[str, str], said: str
) -> None:
    done = compromisos("ask", "junio", **environment)

    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "hush" not in done.stderr


def test_a_misspelt_setting_in_the_file_is_refused(
    compromisos: Compromisos, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=x\n")

    done = compromisos("ask", "junio")

    assert done.returncode == 2
    assert "BOT_TOKN no existe" in done.stderr


def test_a_database_of_a_newer_program_is_refused(
    compromisos: Compromisos, tmp_path: Path
) -> None:
    compromisos("ask", "junio")
    with sqlite3.connect(tmp_path / "compromisos.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    done = compromisos("ask", "junio")

    assert done.returncode == 1
    assert "versión más nueva del programa (9999)" in done.stderr


def test_a_file_that_is_no_database_is_named(compromisos: Compromisos, tmp_path: Path) -> None:
    (tmp_path / "compromisos.db").write_text("hola " * 1000)

    done = compromisos("ask", "junio")

    assert done.returncode == 1
    assert "no es una base de datos" in done.stderr


def test_run_without_a_token_shows_the_way(compromisos: Compromisos) -> None:
    done = compromisos("run")

    assert done.returncode == 2
    assert "BOT_TOKEN" in done.stderr
    assert "compromisos demo" in done.stderr

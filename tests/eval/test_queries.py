"""The example questions, piped through `ask --jsonl` as a script would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.eval.scoring import judge

FILES = ("queries_public.jsonl", "queries_own.jsonl")
LEAST_EXACT = 0.97


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_the_example_questions_are_answered(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(__file__).parent / name
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    fields = ("id", "text", "today", "context", "submitted")
    asked = [{field: case[field] for field in fields if field in case} for case in cases]
    environment = {**os.environ, "BOT_DATABASE_URL": f"sqlite:///{tmp_path / 'eval.db'}"}

    done = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        input="\n".join(json.dumps(each, ensure_ascii=False) for each in asked),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=environment,
    )

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [case["id"] for case in cases]
    verdicts = [judge(case, answer) for case, answer in zip(cases, answers, strict=True)]
    exact = sum(verdict.is_right for verdict in verdicts) / len(verdicts)
    sure = [
        case["id"]
        for case, verdict in zip(cases, verdicts, strict=True)
        if verdict.is_confidently_wrong or verdict.is_wrong_mark
    ]
    report = [f"{name}: exact {exact:.1%} of {len(cases)}; sure and wrong: {sure}"] + [
        f"  {case['id']} «{case['text']}»: {answer['intent']} {answer['means']}"
        for case, answer, verdict in zip(cases, answers, verdicts, strict=True)
        if not verdict.is_right
    ]
    with capsys.disabled():  # a worker has no standard output to show
        print("", *report, sep="\n", file=sys.stderr)
    assert exact >= LEAST_EXACT
    assert not sure

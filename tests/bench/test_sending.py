from pathlib import Path

from tests.bench.sending import send


async def test_no_message_is_refused_as_too_many(tmp_path: Path) -> None:
    _, refused = await send(90, tmp_path)

    assert refused == 0

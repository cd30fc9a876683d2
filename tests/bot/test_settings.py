from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.settings import Settings, settings_problem

NAMES = ("TOKEN", "API_URL", "DATABASE_URL", "TIMEZONE", "TODAY")


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(f"BOT_{name}", raising=False)
    monkeypatch.chdir(tmp_path)


def problem() -> str:
    with pytest.raises(ValidationError) as caught:
        Settings()
    return settings_problem(caught.value)


def test_nothing_has_to_be_set() -> None:
    settings = Settings()

    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    assert settings.timezone.key == "America/Lima"
    assert settings.today is None


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "")

    assert Settings().token is None


def test_blanks_and_slashes_around_a_value_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", " 123456:ABC-def_1 ")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:8081/")

    settings = Settings()

    assert settings.token == SecretStr("123456:ABC-def_1")
    assert settings.api_url == "http://127.0.0.1:8081"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        pytest.param(
            "BOT_TOKEN",
            "hush-hush",
            "Configuración: BOT_TOKEN no es válido: "
            "se espera el token que da @BotFather, como 123456:ABC-DEF",
            id="token",
        ),
        pytest.param(
            "BOT_API_URL",
            "ftp://hush-hush",
            "Configuración: BOT_API_URL no es válido: "
            "se espera la raíz de una Bot API, como https://api.telegram.org",
            id="api-url",
        ),
        pytest.param(
            "BOT_TIMEZONE",
            "hush-hush",
            "Configuración: BOT_TIMEZONE no es válido: "
            "se espera una zona horaria, como America/Lima",
            id="timezone",
        ),
        pytest.param(
            "BOT_TODAY",
            "hush-hush",
            "Configuración: BOT_TODAY no es válido: se espera una fecha, como 2021-05-14",
            id="today",
        ),
    ],
)
def test_a_bad_value_is_named_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, line: str
) -> None:
    monkeypatch.setenv(name, value)

    assert problem() == line


def test_a_misspelt_name_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("BOT_TOKN=1:hush-hush\nOTHER_PROGRAM=1\n", encoding="utf-8")

    assert problem() == "Configuración: BOT_TOKN no existe (¿está bien escrito?)"


def test_all_mistakes_are_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TODAY", "hush-hush")
    monkeypatch.setenv("BOT_TIMEZONE", "hush-hush")

    line = problem()

    assert "BOT_TODAY" in line
    assert "BOT_TIMEZONE" in line
    assert "hush" not in line
    assert "\n" not in line


def test_no_secret_is_in_the_representation() -> None:
    settings = Settings(
        token=SecretStr("123456:hush"), database_url=SecretStr("postgresql://bot:hush@db/bot")
    )

    assert "hush" not in repr(settings)

from sqlalchemy import text

from bot.courier import Courier
from bot.schedule import look
from handlers.context import services_of
from tests.support.office import ADMIN, UTAI, Office


async def test_a_lost_file_is_told_to_the_administrators_at_night(sqlite_office: Office) -> None:
    focal = await sqlite_office.employ("Punto focal", UTAI)
    admin = await sqlite_office.employ("Administradora", ADMIN)
    async with sqlite_office.bot() as app:
        await sqlite_office.hand_in(focal, "12.1")
        courier = Courier(app.bot, services_of(app))
        await look(services_of(app), courier)
        is_quiet = admin.is_quiet
        [stored] = sqlite_office.folder.iterdir()
        stored.unlink()
        await look(services_of(app), courier)

    async with sqlite_office.bot():
        told = await admin.sees()

    assert is_quiet
    assert told.text.startswith("⚠️ Algo no está bien")
    assert "«12.1.pdf» de" in told.text
    assert focal.is_quiet


async def test_a_record_that_cannot_even_be_read_is_told_too(sqlite_office: Office) -> None:
    focal = await sqlite_office.employ("Punto focal", UTAI)
    admin = await sqlite_office.employ("Administradora", ADMIN)
    async with sqlite_office.bot() as app:
        await sqlite_office.hand_in(focal, "12.1")
        async with sqlite_office.database.write() as session:
            await session.execute(text("DROP TRIGGER events_no_UPDATE"))
            await session.execute(text("UPDATE events SET details = '{}' WHERE code = '12.1'"))
        await look(services_of(app), Courier(app.bot, services_of(app)))

    async with sqlite_office.bot():
        told = await admin.sees()

    assert "Registro: la cadena se rompe: el registro N° 3 fue alterado" in told.text
    assert "Estados: no se pudo revisar (KeyError)" in told.text

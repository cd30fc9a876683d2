"""An act with one of everything that a filter can ask for, looked at in the middle of 2021."""

from datetime import date

from storage.records import AsOf, Status, TermRecord, UnitRecord
from tests.support.acts import GivenMeans, act

TODAY = AsOf(date(2021, 6, 30))

ACT = act(
    GivenMeans(
        "1.1",
        text="Plan de capacitación",
        due_on=date(2021, 12, 31),
        units=("UTAI",),
        commitment_text="Formular un plan",
        recommendation="1",
        recommendation_text="Fortalecer la gestión comunitaria",
        area="base",
    ),
    GivenMeans(
        "2.1",
        text="Informe de talleres",
        due_on=date(2021, 5, 31),
        units=("UTAI", "CGC"),
        specification="Con lista de asistencia",
        commitment_text="Dictar talleres",
        recommendation="1",
        recommendation_text="Fortalecer la gestión comunitaria",
        area="base",
    ),
    GivenMeans(
        "2.2",
        text="Actas firmadas",
        due_on=date(2021, 6, 30),
        units=("UT",),
        commitment_text="Dictar talleres",
        recommendation="1",
        recommendation_text="Fortalecer la gestión comunitaria",
        area="base",
    ),
    GivenMeans(
        "3.1",
        text="Directiva aprobada",
        due_on=date(2021, 5, 31),
        units=("CGC",),
        commitment_text="Aprobar una directiva",
        recommendation="2",
        recommendation_text="Precisar las funciones del equipo",
        area="equipo",
    ),
    GivenMeans(
        "4.1",
        text="Reporte de seguimiento",
        due_on=date(2022, 1, 31),
        units=("UT", "UTAI"),
        commitment_text="Dar seguimiento",
        recommendation="3",
        recommendation_text="Monitorear el plan",
        area="monitoreo",
    ),
    units=(
        UnitRecord("CGC", "Coordinación de Gestión Comunitaria", "el acta", ("coordinación",)),
        UnitRecord("UTAI", None, None),
    ),
    terms=(
        TermRecord("SAF", "Servicio de Acompañamiento a Familias", "el acta"),
        TermRecord("MCC", None, None, "sin fuente", ("modelo",)),
    ),
)

STATUSES = {  # 1.1 and 2.2 stay pending
    "2.1": Status.OBSERVED,
    "3.1": Status.SUBMITTED,
    "4.1": Status.VERIFIED,
}

"""The matrix as a file: bytes out of rows."""

import json
from collections.abc import Iterable
from typing import Any

from storage.records import MeansRow


def matrix_json(rows: Iterable[MeansRow]) -> bytes:
    """One JSON object a means, in a list, UTF-8, texts verbatim as far as the scan goes."""
    return (
        json.dumps([means_object(row) for row in rows], ensure_ascii=False, indent=2) + "\n"
    ).encode()


def means_object(row: MeansRow) -> dict[str, Any]:
    """One means with all above it; days are ISO: `due_on` the valid one, `signed_on` the act's."""
    return {
        "code": row.code,
        "text": row.text.text,
        "due_text": row.due_text,
        "due_on": row.due_on.isoformat(),
        "signed_on": row.signed_on.isoformat(),
        "units": list(row.units),
        "responsible_text": row.responsible_text,
        "specification": row.specification.text if row.specification else "",
        "status": row.status.value,
        "commitment": {"number": row.commitment, "text": row.commitment_text.text},
        "recommendation": {"number": row.recommendation, "text": row.recommendation_text.text},
        "area": row.area_name,
        "act": row.act,
    }

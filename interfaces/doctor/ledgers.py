"""What vendors say they accepted: only the stand-ins of this folder keep a list that can be read."""

from interfaces.doctor.patient import Billed
from interfaces.settings import Settings
from tools.sandbox.app import RECORDS_FILE
from tools.sandbox.records import Records


def of_folder(settings: Settings) -> tuple[Billed, ...] | None:
    """What the stand-ins in this folder accepted; ``None`` where others answer, or nothing was sent yet."""
    file = settings.folder / "sandbox" / RECORDS_FILE
    if settings.live or settings.sandbox_url or not file.exists():
        return None
    records = Records(file)
    try:
        return of_stand_ins(records)
    finally:
        records.close()


def of_stand_ins(records: Records) -> tuple[Billed, ...]:
    """Every job the stand-ins accepted."""
    return tuple(
        Billed(id=job.id, vendor=job.vendor, body=job.body.decode("utf-8", "replace"), key=job.key)
        for job in records.accepted()
    )

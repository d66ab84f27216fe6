"""The contact sheet as one self-contained HTML page: pictures inside, nothing fetched."""

import base64
import io

from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from agent.film import Decision
from agent.findings import Sight
from interfaces.contact.gathering import Film

SIGHTS = (Sight.SEEN, Sight.UNSURE, Sight.NOT_INSPECTABLE, Sight.ABSENT)
"""The order in which a reader wants to hear of a take's terms."""

_DECIDED = {Decision.PASS: "absent", Decision.MISS: "seen", Decision.BAD_MEDIA: "seen", Decision.UNSURE: "unsure"}


def html(film: Film) -> str:
    """The page; every text in it is escaped."""
    environment = Environment(
        loader=PackageLoader("interfaces.contact", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["data_uri"] = _data_uri
    return environment.get_template("contact_sheet.html").render(film=film, sights=SIGHTS, decided=_DECIDED)


def _data_uri(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"

"""The contact sheet as one self-contained HTML page: pictures inside, nothing fetched."""

import base64
import io

from jinja2 import Environment, PackageLoader, StrictUndefined
from PIL import Image

from interfaces.contact.gathering import Film


def html(film: Film) -> str:
    """The page; every text in it is escaped."""
    environment = Environment(
        loader=PackageLoader("interfaces.contact", ""), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["data_uri"] = _data_uri
    return environment.get_template("contact_sheet.html").render(film=film)


def _data_uri(image: Image.Image) -> str:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}"

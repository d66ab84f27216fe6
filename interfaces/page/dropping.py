"""Files dropped on the page: shown first as what they were understood as, and taken in only when that is agreed to.

Nothing is kept between the two: whoever agrees sends the files again, so a restart or a second tab forgets nothing.
"""

from pathlib import PurePath

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import Response
from starlette.datastructures import FormData

from agent.acting.outcome import Outcome, Turn
from agent.errors import BadSheetError, CountersteerError
from agent.film import Project
from agent.studio import Studio
from interfaces.api.opened import Opened
from interfaces.page import lists, rendering
from interfaces.page.forms import commas
from interfaces.page.images import Pictured, pictured
from interfaces.page.opened import Talking
from interfaces.page.told import Told
from interfaces.references import add_reference
from interfaces.shotlists import importing, opening
from prompts.normal import clean
from prompts.references import Role
from tools import scanner

DONE = 204
MOST_FILES = 24
"""In one drop; a folder of a thousand images is a mistake."""

USED, IGNORED = "palette, lighting, texture", "composition, background"
"""What is proposed of a reference: its look, and none of what it shows."""

PLANNED = "They are planned: nothing is sent for them before a go."

router = APIRouter(prefix="/c/{talk_id}/files", route_class=Told, include_in_schema=False)


@router.post("")
async def look(talk: Talking, files: list[UploadFile], house: Opened) -> Response:
    """What the files were understood as; nothing is stored."""
    _refuse_many(files)
    project = await house.studio.store.project(talk.project_id)
    images: list[Pictured] = []
    shown: list[lists.Understood] = []
    refused: list[str] = []
    for file in files:
        try:
            if _is_list(file):
                shown.append(await _understood(house.studio, project, file))
            else:
                images.append(await pictured(await _bytes(file), name=_name(file)))
        except CountersteerError as error:
            refused.append(f"{_name(file)}: {error}")
    return rendering.answer(
        "dropped.html",
        conversation_id=talk.id,
        images=images,
        lists=shown,
        refused=refused,
        roles=tuple(Role),
        use=USED,
        ignore=IGNORED,
    )


@router.post("/keep", status_code=DONE)
async def keep(request: Request, talk: Talking, files: list[UploadFile], house: Opened) -> Response:
    """Take them in: images as references under the labels given, lists as planned shots; nothing is sent for them."""
    _refuse_many(files)
    form = await request.form()
    project = await house.studio.store.project(talk.project_id)

    async def work(turn: Turn) -> tuple[Outcome, ...]:  # lists first: no row is made that was shown as one that cannot
        listed = [await _keep_list(house.studio, turn, project, file) for file in files if _is_list(file)]
        images = [await _keep_image(house.studio, project.id, file, form) for file in files if not _is_list(file)]
        return (*listed, *images)

    names = ", ".join(_name(file) for file in files)
    await house.desk.do(talk.id, project_id=project.id, text=f"take in {names}", work=work)
    return Response(status_code=DONE)


async def _keep_list(studio: Studio, turn: Turn, project: Project, file: UploadFile) -> Outcome:
    name, understood = _name(file), await _understood(studio, project, file)
    if not understood.ready:
        return Outcome(lines=(f"No row of {name} could be made.",))
    shots = await importing.make(studio, turn, understood.ready, source=name)
    return Outcome(lines=(importing.imported(shots, source=name), PLANNED))


async def _keep_image(studio: Studio, project_id: str, file: UploadFile, form: FormData) -> Outcome:
    name = _name(file)
    added = await add_reference(
        studio,
        project_id,
        data=await _bytes(file),
        label=_said(form, "label", name),
        use=commas(_said(form, "use", name)),
        ignore=commas(_said(form, "ignore", name)),
        role=Role(_said(form, "role", name) or Role.LOOK),
        note=name,
    )
    return Outcome(lines=(f"The film has reference {added.reference.label} now.", *added.told))


async def _understood(studio: Studio, project: Project, file: UploadFile) -> lists.Understood:
    return await lists.understood(studio, project, name=_name(file), data=await _bytes(file))


async def _bytes(file: UploadFile) -> bytes:
    """What was sent, unless it is larger than anything that is taken in.

    Raises:
        CountersteerError: It is.
    """
    if _is_list(file) and (file.size or 0) > opening.MOST_BYTES:
        raise BadSheetError(f"a shot list has at most {opening.MOST_BYTES // 1_000_000} MB; nothing was taken of it")
    scanner.refuse_size(file.size or 0)
    return await file.read()


def _refuse_many(files: list[UploadFile]) -> None:
    if len(files) > MOST_FILES:
        raise BadSheetError(f"{len(files)} files at once, and {MOST_FILES} is the most; nothing was taken in")


def _is_list(file: UploadFile) -> bool:
    return PurePath(_name(file)).suffix.lower() in opening.KINDS


def _name(file: UploadFile) -> str:
    """The file's own name, without any folder and without what nobody can see in it."""
    return PurePath(clean(file.filename or "").text.replace("\\", "/")).name[:120] or "file"


def _said(form: FormData, field: str, name: str) -> str:
    value = form.get(f"{field} {name}", "")
    return value.strip() if isinstance(value, str) else ""

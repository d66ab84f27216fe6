"""Reference images: what is taken of each and what is ignored; taken in by the same code as on the command line."""

from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request

from agent.errors import NotFoundError
from agent.images import Image
from interfaces.api import uploads
from interfaces.api.forms import FetchForm, RuleForm
from interfaces.api.opened import Film, Opened
from interfaces.api.uploads import Uploaded
from interfaces.references import LONGEST_LABEL, Fetch, add_reference, named_by
from prompts.references import Reference, Role, aspect
from tools import scanner

router = APIRouter(prefix="/films/{film_id}/references", tags=["references"])

Listed = Annotated[str, Form(max_length=1_000, description="Comma separated: palette, lighting, lens flare, ...")]
Label = Annotated[str, Form(min_length=1, max_length=LONGEST_LABEL, description="What it is called in a request.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A reference of the film.

    Attributes:
        small: Where a small picture of it is; ``original`` where the stored image is.
        told: What was changed of the image when it was taken in, a sentence each.
    """

    reference: Reference
    width: int
    height: int
    small: str
    original: str
    told: tuple[str, ...] = ()


@router.get("", summary="A film's reference images")
async def references(film: Film, house: Opened) -> tuple[Kept, ...]:
    """Each as it is now, in the order the labels were first used."""
    stored = await house.studio.store.references(film.id)
    return tuple(_kept(film.id, reference, image) for reference, image in stored)


@router.post(
    "",
    summary="Add a reference image",
    status_code=201,
    max_body_size=scanner.MOST_BYTES + uploads.AROUND_BYTES,
    form_limits=uploads.LIMITS,
)
async def add(
    *,
    film: Film,
    house: Opened,
    file: Uploaded,
    label: Label,
    use: Listed = "",
    ignore: Listed = "",
    role: Annotated[Role, Form()] = Role.LOOK,
) -> Kept:
    """PNG, JPEG or WebP, whatever its name says; one under a label that is taken replaces what was there."""
    data = await uploads.held(file, most=scanner.MOST_BYTES)
    added = await add_reference(
        house.studio,
        film.id,
        data=data,
        label=label,
        use=_aspects(use),
        ignore=_aspects(ignore),
        role=role,
        note=file.filename or "",
    )
    image = await house.studio.store.image(film.id, added.reference)
    return _kept(film.id, added.reference, image, told=added.told)


@router.post("/fetched", summary="Add a reference image from its address", status_code=201)
async def fetch(form: FetchForm, film: Film, house: Opened, request: Request) -> Kept:
    """From public hosts over https, where the settings allow it; then as if it had been sent."""
    by_address: Fetch = request.app.state.fetch
    added = await add_reference(
        house.studio,
        film.id,
        data=await by_address(form.url),
        label=form.label,
        use=form.use,
        ignore=form.ignore,
        role=form.role,
        note=named_by(form.url),
    )
    image = await house.studio.store.image(film.id, added.reference)
    return _kept(film.id, added.reference, image, told=added.told)


@router.put("/{label:path}", summary="Say anew what is taken of a reference")
async def change(label: str, form: RuleForm, film: Film, house: Opened) -> Kept:
    """For shots that name it from now on; shots that have it keep what they were told."""
    store = house.studio.store
    known = {reference.label: (reference, image) for reference, image in await store.references(film.id)}
    if label not in known:
        raise NotFoundError(what="reference", name=label, known=known)
    reference, image = known[label]
    ruled = replace(reference, use=form.use, ignore=form.ignore, role=form.role)
    await store.add_reference(film.id, ruled, image=image, note="")
    return _kept(film.id, ruled, image)


def _aspects(text: str) -> tuple[str, ...]:
    return tuple(aspect(name) for name in text.split(",") if name.strip())


def _kept(film_id: str, reference: Reference, image: Image, *, told: tuple[str, ...] = ()) -> Kept:
    address = f"/media/references/{film_id}/{quote(reference.label, safe='')}"
    return Kept(
        reference=reference,
        width=image.width,
        height=image.height,
        small=f"{address}.jpg",
        original=f"{address}/original",
        told=told,
    )

"""The list of people: it only grows, and its last line counts."""

import pytest

from agent.errors import ConflictError
from agent.people import Grant, NotAllowedError, Right, Role, known_by, refuse, role_in
from tests.contract.store.building import Film

OTHER = "another film"


async def test_the_last_line_counts_and_none_is_taken_out(film: Film) -> None:
    here = film.project.id
    for role in (Role.GUEST, Role.OWNER, None):
        await film.store.grant(Grant(name="Ada", role=role, key="k" if role is Role.GUEST else "", project_id=here))
    await film.store.grant(Grant(name="Ben", role=Role.MEMBER))

    known = await film.store.grants()
    assert [line.role for line in known] == [Role.GUEST, Role.OWNER, None, Role.MEMBER]
    assert [role_in(known[:count], "Ada", here) for count in (1, 2, 3)] == [Role.GUEST, Role.OWNER, None]
    assert [known_by(known[:count], "k") for count in (2, 3)] == ["Ada", None]
    assert (role_in(known, "Ben", here), role_in(known, "Ben", OTHER)) == (Role.MEMBER, Role.MEMBER)


async def test_a_key_is_one_persons(film: Film) -> None:
    await film.store.grant(Grant(name="Ada", role=Role.OWNER, key="k"))

    with pytest.raises(ConflictError, match="Ada is known by that already"):
        await film.store.grant(Grant(name="Ben", role=Role.OWNER, key="k"))
    assert len(await film.store.grants()) == 1


def test_where_nobody_was_ever_named_everybody_is_at_home() -> None:
    refuse((), "whoever", Right.BLOCKS, project_id=OTHER)


def test_a_refusal_names_those_who_may_in_that_film() -> None:
    known = (
        Grant(name="Ada", role=Role.OWNER),
        Grant(name="Ben", role=Role.OWNER, project_id="here"),
        Grant(name="Cy", role=Role.OWNER, project_id=OTHER),
    )
    with pytest.raises(NotAllowedError) as refused:
        refuse(known, "Cy", Right.BUDGET, project_id="here")

    assert refused.value.may == ("Ada", "Ben")
    assert "nobody has given you a part in this film; ask Ada or Ben" in str(refused.value)

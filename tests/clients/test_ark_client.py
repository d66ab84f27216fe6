"""What Ark's client can ask beyond a shot's way: tasks by filter, refused deletions, the other platform's names."""

from typing import Any

import pytest
from volcenginesdkarkruntime import Ark  # type: ignore[import-untyped]  # it ships no types
from volcenginesdkarkruntime._exceptions import ArkAPIStatusError  # type: ignore[import-untyped]  # the same

from tests.clients.rig import JOB_S, Rig
from tools.sandbox.registry import sandbox_keys

FULL, MINI = "dreamina-seedance-2-0-260128", "doubao-seedance-2-0-mini-260615"


@pytest.fixture
def ark(rig: Rig) -> Any:
    client: Any = Ark(base_url=rig.address("seedance"), api_key=sandbox_keys()["seedance"]["api_key"], max_retries=0)
    with client:
        yield client.content_generation.tasks


def order(ark: Any, model: str) -> str:
    return str(ark.create(model=model, content=[{"type": "text", "text": f"a fox for {model}"}]).id)


def test_tasks_are_listed_by_every_filter_of_the_client(rig: Rig, ark: Any) -> None:
    done = order(ark, FULL)
    rig.finish()
    waiting, other = order(ark, FULL), order(ark, MINI)

    def listed(**filters: object) -> set[str]:
        return {task.id for task in ark.list(**filters).items}

    assert listed() == {done, waiting, other}
    assert listed(model=FULL) == {done, waiting}
    assert listed(status="succeeded") == {done}
    assert listed(task_ids=[waiting, other]) == {waiting, other}
    assert listed(service_tier="flex") == set()
    assert len(listed(page_num=2, page_size=2)) == 1


def test_a_running_task_cannot_be_deleted_and_a_finished_one_is_gone_afterwards(rig: Rig, ark: Any) -> None:
    task = order(ark, FULL)
    rig.clock.pass_s(JOB_S / 2)
    with pytest.raises(ArkAPIStatusError, match="running"):
        ark.delete(task_id=task)
    rig.finish()
    ark.delete(task_id=task)
    with pytest.raises(ArkAPIStatusError):
        ark.get(task_id=task)

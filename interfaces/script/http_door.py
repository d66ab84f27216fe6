"""A script over the HTTP API of a house that is served elsewhere, as any other program would play it."""

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

import anyio
import httpx

from agent.errors import CountersteerError
from agent.events import Event, What
from interfaces.following import Hear
from interfaces.script.desk_door import ceilings, image
from interfaces.script.doors import Tell
from interfaces.script.form import ReferenceFile, Script
from interfaces.script.places import ScriptError
from interfaces.script.reading import Written
from interfaces.settings import Settings

LOOKS_EVERY_S = 0.1
TIMEOUT = httpx.Timeout(120.0, connect=10.0)


class ServedError(CountersteerError):
    """The house that is served elsewhere did not do what it was asked."""


def client(address: str, settings: Settings) -> httpx.AsyncClient:
    """A caller of a served house; the token of the settings is shown to nobody else.

    Raises:
        ServedError: It is no address of the web.
    """
    if urlsplit(address).scheme not in ("http", "https"):
        raise ServedError(f"{address} is no address of a house; it looks like http://127.0.0.1:8000")
    shown = {"authorization": f"Bearer {settings.token.get_secret_value()}"} if settings.token else {}
    return httpx.AsyncClient(base_url=address, headers=shown, timeout=TIMEOUT, follow_redirects=False)


class HttpDoor:
    """One film of a served house."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._api = _Api(http)
        self._film_id = ""

    async def open(self, written: Written, *, tell: Tell) -> str:
        """Make the film, then give it its blocks, ceilings and references as a person's forms do; its id.

        Raises:
            CountersteerError: Something of it cannot be had over HTTP.
        """
        script = written.script
        _refuse_fixtures(script, tell)
        film = await self._api.post("/api/films", {"name": script.project})
        self._film_id = film["id"]
        await self._blocks(script)
        await self._money(script)
        for reference in script.references:
            await self._reference(reference, written, tell)
        return self._film_id

    async def converse(self, hear: Hear) -> "HttpVoice":
        """Begin a conversation."""
        talk = await self._api.post(f"{self._at}/conversations")
        return HttpVoice(self._api, self._at, talk["id"], hear)

    async def board(self) -> Mapping[str, Any]:
        """The film's board."""
        found: Mapping[str, Any] = await self._api.get(f"{self._at}/board")
        return found

    async def coverage(self) -> float:
        """Recomputed there."""
        return float((await self._api.get(f"{self._at}/coverage"))["coverage"])

    @property
    def _at(self) -> str:
        return f"/api/films/{self._film_id}"

    async def _blocks(self, script: Script) -> None:
        if script.style is not None or script.motion:
            known = (await self._api.get(f"{self._at}/style"))[-1]["block"]
            text = script.style or known["text"]
            form = {"based_on": known["version"], "text": text, "motion": script.motion or None}
            await self._api.put(f"{self._at}/style", form)
        if script.negatives is not None:
            known = (await self._api.get(f"{self._at}/negative"))[-1]["block"]
            form = {"based_on": known["version"], **script.negatives.model_dump(mode="json")}
            await self._api.put(f"{self._at}/negative", form)

    async def _money(self, script: Script) -> None:
        found = await self._api.get(self._at)
        film, wanted = found["film"], ceilings(script.money)
        amounts = {name: getattr(wanted, name) for name in film["ceilings"]}
        if amounts != film["ceilings"]:
            kept = {name: film[name] for name in ("name", "ratio", "seconds", "plan_first", "excluded")}
            await self._api.put(f"{self._at}/settings", {"based_on": found["seen"], **kept, "ceilings": amounts})

    async def _reference(self, reference: ReferenceFile, written: Written, tell: Tell) -> None:
        if reference.known_as:
            raise ScriptError(f"reference {reference.label}: known_as cannot be said over HTTP; use the command line")
        style = (await self._api.get(f"{self._at}/style"))[-1]["block"]["text"]
        data = await image(reference, beside=written.folder, style=style)
        said = {"label": reference.label, "use": ", ".join(reference.use), "ignore": ", ".join(reference.ignore)}
        name = reference.file or f"plate-{reference.plate}.png"
        kept = await self._api.upload(f"{self._at}/references", {**said, "role": reference.role.value}, name, data)
        for sentence in kept["told"]:
            tell(f"reference {reference.label}: {sentence}")


class HttpVoice:
    """One conversation over HTTP."""

    def __init__(self, api: "_Api", at: str, conversation_id: str, hear: Hear) -> None:
        self._api = api
        self._film = at
        self._at = f"{at}/conversations/{conversation_id}"
        self._conversation_id = conversation_id
        self._hear = hear
        self._heard = 0
        self._numbers: dict[str, int] = {}

    async def say(self, text: str) -> str | None:
        """Say it and wait for the answer; the reason where it cannot be taken as a turn."""
        try:
            turn = await self._api.post(f"{self._at}/turns", {"text": text})
        except ServedError as error:
            return str(error)
        while (await self._api.get(f"{self._at}/turns/{turn['turn_id']}"))["reply"] is None:
            await self.catch_up()
            await anyio.sleep(LOOKS_EVERY_S)
        return None

    async def decide(self, *, shot: int, approve: bool) -> None:
        """As the page's buttons do."""
        shots = (await self._api.get(f"{self._film}/board"))["shots"]
        shot_id = next((each["id"] for each in shots if each["number"] == shot), None)
        if shot_id is None:
            raise ServedError(f"there is no shot {shot}")
        at = f"{self._film}/shots/{shot_id}/decision?conversation={self._conversation_id}"
        await self._api.post(at, {"approve": approve})

    async def catch_up(self) -> None:
        """Hear what happened since the last time."""
        for happening in await self._api.get(f"{self._at}/story?after={self._heard}"):
            event = _event(happening, project_id=self._film.rsplit("/", 1)[-1])
            if event.what is What.ORDER:
                self._numbers.clear()
            number = await self._number(event.shot_id)
            self._heard = event.number
            await self._hear(event, number)

    async def until_rest(self) -> None:
        """Hear what happens until the house says that nothing of the film moves any more."""
        while (await self._api.get(f"{self._film}/going"))["going"]:
            await self.catch_up()
            await anyio.sleep(LOOKS_EVERY_S)
        await self.catch_up()

    async def _number(self, shot_id: str | None) -> int | None:
        if shot_id is not None and shot_id not in self._numbers:
            shots = (await self._api.get(f"{self._film}/board"))["shots"]
            self._numbers = {shot["id"]: shot["number"] for shot in shots}
        return self._numbers[shot_id] if shot_id is not None else None


class _Api:
    """Requests whose refusals are sentences."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def get(self, path: str) -> Any:
        return await self._sent(self._http.build_request("GET", path))

    async def post(self, path: str, data: Mapping[str, Any] | None = None) -> Any:
        return await self._sent(self._http.build_request("POST", path, json=data))

    async def put(self, path: str, data: Mapping[str, Any]) -> Any:
        return await self._sent(self._http.build_request("PUT", path, json=data))

    async def upload(self, path: str, data: Mapping[str, str], name: str, content: bytes) -> Any:
        return await self._sent(self._http.build_request("POST", path, data=data, files={"file": (name, content)}))

    async def _sent(self, request: httpx.Request) -> Any:
        try:
            response = await self._http.send(request)
            answer = response.json()
        except httpx.HTTPError as error:
            raise ServedError(f"the house at {self._http.base_url} did not answer ({type(error).__name__})") from error
        except ValueError as error:
            raise ServedError(f"what answers at {self._http.base_url} is no house of ours") from error
        if response.is_success:
            return answer
        raise ServedError(str(cast(Mapping[str, Any], answer).get("detail", answer)))


def _refuse_fixtures(script: Script, tell: Tell) -> None:
    """What only a house of the script's own can have."""
    if script.faults:
        raise ScriptError("faults can only happen in a house of the script's own; leave out the address")
    if script.seed is not None:
        tell("The seed is the served house's own; the one of the script does not count there.")


def _event(happening: Mapping[str, Any], *, project_id: str) -> Event:
    return Event(
        number=happening["number"],
        project_id=project_id,
        conversation_id=happening["conversation_id"],
        what=What(happening["what"]),
        data=happening["data"],
        at_us=happening["at_us"],
        shot_id=happening["shot_id"],
        turn_id=happening["turn_id"],
    )

"""Stand-in for the Gemini Developer API: Gemini Omni Flash as interactions, Veo as predictions, files, models, keys.

What each part was read from and what it leaves out stands in `gemini_interactions`, `gemini_veo`, `gemini_files` and
`gemini_hooks`. The list of models is the public one, with pages [S/D]; whether it shows Omni is inferred [U].
"""

from collections.abc import Sequence

from starlette.responses import Response
from starlette.routing import BaseRoute

from tools.sandbox import gemini_hooks, gemini_models, gemini_veo, wire
from tools.sandbox.faultplan import Mishap
from tools.sandbox.gemini_answers import KEYS, VENDOR, rpc, sign_in
from tools.sandbox.gemini_files import Files
from tools.sandbox.gemini_interactions import Interactions
from tools.sandbox.gemini_veo import Veo
from tools.sandbox.stage import Stage
from tools.sandbox.wire import Asked, StandIn, json_answer

VERSIONS = ("v1", "v1beta")
USUAL_PAGE = 50  # models on a page where nothing is asked [D]
LARGEST_PAGE = 1000


class Models:
    """The account's models."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def list(self, asked: Asked) -> Response:
        """One page of all models."""
        sign_in(asked)
        start, size = _number(asked, "pageToken", default=0), _number(asked, "pageSize", default=USUAL_PAGE)
        size = min(size, LARGEST_PAGE)
        known = self._known()
        page: dict[str, object] = {"models": [_shown(name) for name in known[start : start + size]]}
        return json_answer(page | ({"nextPageToken": str(start + size)} if start + size < len(known) else {}))

    def get(self, asked: Asked) -> Response:
        """One model."""
        sign_in(asked)
        name = asked.path["model"]
        if name not in self._known():
            raise gemini_veo.retired(name)
        return json_answer(_shown(name))

    def _known(self) -> Sequence[str]:
        names = (*gemini_models.MODELS, *gemini_veo.MODELS)
        return [name for name in names if not self._stage.plan.always(Mishap.RETIRED, vendor=VENDOR, model=name)]


def routes(stage: Stage) -> Sequence[BaseRoute]:
    """The routes of this wire, under both versions, and the public keys of its callbacks."""
    stage.callbacks.teach(VENDOR, gemini_hooks.tell, again_after_s=gemini_hooks.AGAIN_AFTER_S)
    interactions, veo, files, models = Interactions(stage), Veo(stage), Files(stage), Models(stage)
    under = [
        one
        for version in VERSIONS
        for one in (
            wire.route(f"/{version}/interactions", interactions.create, method="POST"),
            wire.route(f"/{version}/interactions/{{id}}", interactions.get),
            wire.route(f"/{version}/interactions/{{id}}/cancel", interactions.cancel, method="POST"),
            wire.route(f"/{version}/interactions/{{id}}", interactions.delete, method="DELETE"),
            wire.route(f"/{version}/models", models.list),
            wire.route(f"/{version}/models/{{model}}", models.get),
            wire.route(f"/{version}/models/{{model}}:predictLongRunning", veo.submit, method="POST"),
            wire.route(f"/{version}/models/{{model}}/operations/{{operation}}", veo.poll),
            wire.route(f"/{version}/files/{{file}}:download", files.download),
            wire.route(f"/{version}/files/{{file}}", files.get),
        )
    ]
    return [*under, wire.route("/.well-known/jwks.json", lambda _: json_answer(gemini_hooks.key_set()))]


STAND_IN = StandIn(vendor=VENDOR, keys=KEYS, routes=routes)


def _shown(name: str) -> dict[str, object]:
    methods = ["predictLongRunning"] if name in gemini_veo.MODELS else ["createInteraction"]
    return {"name": f"models/{name}", "displayName": name, "supportedGenerationMethods": methods}


def _number(asked: Asked, name: str, *, default: int) -> int:
    text = asked.query.get(name, str(default))
    if not text.isdigit():
        raise rpc(400, "INVALID_ARGUMENT", f"{name} is not a number.")
    return int(text)

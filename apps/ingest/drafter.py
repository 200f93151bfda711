"""A drafter behind any OpenAI-compatible endpoint, off unless the operator names one."""

import json
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from django.conf import settings
from django.core.cache import cache

from apps.extraction.drafting import Drafter, DrafterUnavailable, Passage, Proposal
from apps.extraction.identity import digest

PATIENCE_SECONDS = 60
# Part of the cache key: a new wording asks anew.
PROMPT_VERSION = "1"
PROMPT = """You write flashcards from a student's own notes. Use only what the passage says.
Each card has a short question that makes sense without the passage, and an answer of at most
twelve words copied from the passage. Leave out opinions, examples and anything you are unsure
of; an empty list is a good answer. Reply with JSON only:
[{"front": "question", "back": "answer"}]"""


def configured_drafter() -> Drafter | None:
    """The drafter named in the environment, or None."""
    if not settings.DRAFTER_URL:
        return None
    return ChatDrafter(settings.DRAFTER_URL, settings.DRAFTER_MODEL, settings.DRAFTER_KEY)


class ChatDrafter:
    """Asks `POST {url}/chat/completions`; answers are remembered by passage."""

    def __init__(self, url: str, model: str, key: str) -> None:
        self.url = url.rstrip("/") + "/chat/completions"
        self.model = model
        self.key = key

    def propose(self, passage: Passage) -> Sequence[Proposal]:
        remembered = "drafts-" + digest(PROMPT_VERSION, self.model, *passage.path, passage.text)
        proposals: Sequence[Proposal] | None = cache.get(remembered)
        if proposals is None:
            proposals = proposals_in(self.ask(passage))
            cache.set(remembered, proposals, timeout=None)
        return proposals

    def ask(self, passage: Passage) -> str:
        """The model's words."""
        where = " > ".join(passage.path)
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": PROMPT},
                {"role": "user", "content": f"Topic: {where}\n\nPassage:\n{passage.text}"},
            ],
        }
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        request = Request(  # noqa: S310 - the operator's own endpoint
            self.url, json.dumps(body).encode(), headers
        )
        try:
            with urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
                if answer.status != HTTPStatus.OK:
                    raise DrafterUnavailable(f"it answered {answer.status}")
                return str(json.load(answer)["choices"][0]["message"]["content"])
        except (URLError, OSError) as error:
            raise DrafterUnavailable(str(error)) from error
        except (ValueError, KeyError, IndexError, TypeError) as error:
            raise DrafterUnavailable("its answer was no chat completion") from error


def proposals_in(words: str) -> list[Proposal]:
    """The proposals in a model's answer; what is no card is left out."""
    start, end = words.find("["), words.rfind("]")
    try:
        entries: Any = json.loads(words[start : end + 1]) if 0 <= start < end else []
    except ValueError:
        return []
    return [
        Proposal(entry["front"], entry["back"])
        for entry in entries
        if isinstance(entry, dict)
        and isinstance(entry.get("front"), str)
        and isinstance(entry.get("back"), str)
    ]

"""Questions about the film, by topic; a question beside a request is answered and the request is read as well."""

from collections.abc import Callable

from agent.intents import Ask, Topic, Unclear
from agent.reading import machinery, request, talk, vocabulary, wishes
from agent.reading.clauses import sentences, split
from agent.reading.message import Message, Understood, numbers
from agent.reading.shield import Kind
from agent.reading.words import Lexicon, Word, plain, words
from prompts import terms

_RECORDS = (
    Topic.SENT,
    Topic.STALE,
    Topic.SPENT,
    Topic.LEFT,
    Topic.TAKES,
    Topic.FAILED,
    Topic.WHY_MODEL,
    Topic.NEGATIVES,
    Topic.MODELS,
)
LONGEST = 60  # words of a question
_MODAL = frozenset({"can", "could", "should", "would", "will"})
"""What opens an order as often as a question."""


def read(message: Message) -> Understood | None:
    """The questions of a message, each with its topic, then what its other sentences ask for.

    What may as well be an order said as a question is left to the readers of orders.
    """
    return _read(message, is_sure)


def read_doubtful(message: Message) -> Understood | None:
    """The same once nobody could read an order in it."""
    return _read(message, _is_question)


def _read(message: Message, is_question: Callable[[str], bool]) -> Understood | None:
    if machinery.asks_for_inner_text(message.text):
        return Understood((Unclear(readings=("ask for help, or describe a shot",)),))
    asked: list[str] = []
    others: list[str] = []
    for sentence in sentences(message.text):
        (asked if is_question(sentence) else others).append(sentence)
    if not asked:
        return None
    questions = tuple(_ask(sentence, message) for sentence in asked)
    rest = message.about("\n".join(others))
    further = request.read(rest) if rest.plain else None
    if further is None:
        return Understood(questions)
    return Understood((*questions, *further.intents), further.remarks)


def is_sure(sentence: str) -> bool:
    """Whether a question is about the film's records, or only wonders what could be done."""
    if not _is_question(sentence):
        return False
    found = _without_tell_me(_uncourteous(words(sentence)))
    sure = _starts().at(found, 0) if found else None
    return _wonders(sentence) or (sure is not None and (sure.meaning not in _MODAL or bool(_topics(sentence))))


def _is_question(sentence: str) -> bool:
    if _asks_to(sentence) and not _wonders(sentence) and Topic.MODELS not in _topics(sentence):
        return False
    found = words(sentence[:600])
    while found and found[0].text in vocabulary.wordset("turns", "questions", "courtesy"):
        found = found[1:]
    found = _without_tell_me(found)
    if not found or len(found) > LONGEST:
        return False
    start = _starts().at(found, 0)
    if start is None:
        return sentence.rstrip().endswith("?") and bool(_topics(sentence))
    topics = _topics(sentence)
    if _polite().at(found, 0) is not None and not any(topic in _RECORDS for topic in topics):
        return False
    return sentence.rstrip().endswith("?") or (
        start.meaning in vocabulary.listed("turns", "questions", "sure_starts") and bool(topics)
    )


def _asks_to(sentence: str) -> bool:
    """Whether a question is an order said politely: "could we maybe be closer?", "what if it was raining?"."""
    bared = talk.bare(sentence).text
    if plain(bared) == plain(sentence) or not words(bared):
        return False
    orders = vocabulary.phrases("turns", "questions", "orders")
    asks = vocabulary.phrases("turns", "questions", "sure_starts").at(words(bared), 0)
    clauses = (_uncourteous(words(clause.text)) for clause in split(sentence))
    return asks is None and any(orders.at(clause, 0) is not None for clause in clauses if clause)


def _wonders(sentence: str) -> bool:
    """Whether it only asks what could be done one day: "could we undo that later if I hate it?"."""
    return bool(vocabulary.phrases("turns", "questions", "wondering").hits(words(sentence)))


def _uncourteous(found: tuple[Word, ...]) -> tuple[Word, ...]:
    while len(found) > 1 and found[0].text in vocabulary.wordset("turns", "questions", "courtesy"):
        found = found[1:]
    return found


def _without_tell_me(found: tuple[Word, ...]) -> tuple[Word, ...]:
    """ "can you tell me what ..." asks what."""
    lead = vocabulary.phrases("turns", "questions", "tell_me").at(found, 0) if found else None
    return found[lead.last + 1 :] if lead is not None and lead.last + 1 < len(found) else found


def _starts() -> Lexicon[str]:
    return vocabulary.phrases("turns", "questions", "starts")


def _polite() -> Lexicon[str]:
    return vocabulary.phrases("turns", "questions", "requests")


def _topics(sentence: str) -> tuple[Topic, ...]:
    found = words(sentence)
    return tuple(
        Topic(name)
        for name in vocabulary.table("turns", "questions", "topics")
        if vocabulary.phrases("turns", "questions", "topics", name).hits(found)
    )


def _ask(sentence: str, message: Message) -> Ask:
    topics = _topics(sentence)
    named, _ = numbers(sentence)
    models = wishes.families(sentence, models=message.scene.models)
    term = _term(sentence, message)
    topic = topics[0] if topics else Topic.SHOT if named else Topic.HELP
    if topic is Topic.TERM and term is None:
        topic = topics[1] if len(topics) > 1 else Topic.NEGATIVES
    return Ask(topic=topic, shot=named[0] if named else None, model=models[0] if models else None, term=term)


def _term(sentence: str, message: Message) -> str | None:
    """The negative a question is about: a quoted word, or one of the block's."""
    for word in words(sentence):
        passage = message.shielded.passage(word.text)
        if passage is not None and passage.kind is Kind.QUOTE:
            return passage.inner
    lowered = f" {' '.join(word.text for word in words(sentence))} "
    return next(
        (term for term in message.scene.negatives if f" {' '.join(w.text for w in words(term))} " in lowered), None
    ) or _known(sentence)


def _known(sentence: str) -> str | None:
    return terms.canonical(sentence) if len(words(sentence)) < 4 else None

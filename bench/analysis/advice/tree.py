"""The decision tree: a few questions that lead to a row of the table."""

from collections.abc import Iterator, Mapping

from bench.analysis.advice.rows import Answer, Question, Row
from bench.analysis.advice.table import ROWS
from bench.errors import Refused
from bench.forms import choice_of

_QUESTIONS = (
    Question(
        "does",
        "What does a task do most of the time?",
        (
            Answer("waits", "It waits: for a network, a disk, a database", "for"),
            Answer("computes", "It computes", "state"),
            Answer("both", "It waits, and then computes with what came", "longer"),
        ),
        "If one CPU is busy all the time while it runs, it computes.",
    ),
    Question(
        "for",
        "What does it wait for?",
        (
            Answer("network", "Answers from a network", "at-once"),
            Answer("files", "Files", "files"),
        ),
    ),
    Question(
        "at-once",
        "How many wait at the same time?",
        (
            Answer("hundreds", "Some hundred at most", "library"),
            Answer("thousands", "Thousands", "library-for-many"),
        ),
    ),
    Question(
        "library",
        "Is there an asynchronous library for it, such as aiohttp?",
        (Answer("yes", "Yes", "api-calls"), Answer("no", "No", "api-calls")),
    ),
    Question(
        "library-for-many",
        "Is there an asynchronous library for it, such as aiohttp?",
        (Answer("yes", "Yes", "server"), Answer("no", "No", "server")),
    ),
    Question(
        "state",
        "Do tasks change something that the others use, too?",
        (
            Answer("yes", "Yes", "shared-state"),
            Answer("no", "No, or it can be put together at the end", "code"),
        ),
    ),
    Question(
        "code",
        "What computes?",
        (
            Answer(
                "python", "Python code, or C code that makes Python objects (json, re)", "short"
            ),
            Answer("arrays", "NumPy, on arrays", "numpy"),
            Answer("images", "A library for images", "images"),
            Answer("learning", "A library for machine learning", "learning"),
        ),
    ),
    Question(
        "short",
        "How long does one task take?",
        (
            Answer("longer", "A millisecond or longer", "pure-python"),
            Answer("short", "Less", "simple"),
        ),
        "Handing one task over to a process costs a tenth of a millisecond or more.",
    ),
    Question(
        "longer",
        "Which takes longer?",
        (
            Answer("waiting", "Waiting", "mixed"),
            Answer("computing", "Computing", "mixed"),
        ),
    ),
)

QUESTIONS: Mapping[str, Question] = {question.name: question for question in _QUESTIONS}
FIRST = _QUESTIONS[0]


def walked(answers: Mapping[str, str]) -> Question | Row:
    """Where answers (by question) lead: the next question, or a row. Raises Refused."""
    at: Question | Row = FIRST
    while isinstance(at, Question) and at.name in answers:
        given, known = answers[at.name], {answer.name: answer for answer in at.answers}
        if given not in known:
            raise Refused(at.name, given, choice_of(list(known)))
        to = known[given].to
        at = QUESTIONS.get(to) or ROWS[to]
    return at


def paths(at: Question = FIRST) -> Iterator[tuple[dict[str, str], Row]]:
    """Every way through the tree: the answers, and the row that they lead to."""
    for answer in at.answers:
        if following := QUESTIONS.get(answer.to):
            for rest, row in paths(following):
                yield {at.name: answer.name, **rest}, row
        else:
            yield {at.name: answer.name}, ROWS[answer.to]

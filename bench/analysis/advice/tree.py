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
            Answer(
                "waits",
                "It waits: for a network, a disk, a database",
                "for",
                "requests.get(url)",
                "It waits",
                ("#-------#",),
            ),
            Answer(
                "computes",
                "It computes",
                "state",
                "sum(n * n for n in numbers)",
                lanes=("#########",),
            ),
            Answer(
                "both",
                "It waits, and then computes with what came",
                "longer",
                "parse(requests.get(url).text)",
                "It waits, then computes",
                ("-----####",),
            ),
        ),
        "If one CPU is busy all the time while it runs, it computes.",
    ),
    Question(
        "for",
        "What does it wait for?",
        (
            Answer("network", "Answers from a network", "at-once", "session.get(url)", "A network"),
            Answer("files", "Files", "files", "Path(name).read_bytes()"),
        ),
    ),
    Question(
        "at-once",
        "How many wait at the same time?",
        (
            Answer(
                "hundreds",
                "Some hundred at most",
                "library",
                "a list of pages to fetch",
                lanes=("#-----#  ", " #-----# ", "  #-----#"),
            ),
            Answer(
                "thousands",
                "Thousands",
                "library-for-many",
                "a chat server, a crawler",
                lanes=("#-----#  ", " #-----# ", "  #-----#") * 4,
            ),
        ),
    ),
    Question(
        "library",
        "Is there an asynchronous library for it, such as aiohttp?",
        (
            Answer("yes", "Yes", "api-calls", "await session.get(url)"),
            Answer("no", "No", "api-calls", "requests.get(url)"),
        ),
    ),
    Question(
        "library-for-many",
        "Is there an asynchronous library for it, such as aiohttp?",
        (
            Answer("yes", "Yes", "server", "await session.get(url)"),
            Answer("no", "No", "server", "requests.get(url)"),
        ),
    ),
    Question(
        "state",
        "Do tasks change something that the others use, too?",
        (
            Answer("yes", "Yes", "shared-state", "counts[word] += 1, in one dictionary of all"),
            Answer(
                "no",
                "No, or it can be put together at the end",
                "code",
                "sum(map(count, parts))",
                "No, or only at the end",
            ),
        ),
    ),
    Question(
        "code",
        "What computes?",
        (
            Answer(
                "python",
                "Python code, or C code that makes Python objects (json, re)",
                "short",
                "json.loads(text)",
                "Python code, json, re",
            ),
            Answer("arrays", "NumPy, on arrays", "numpy", "a * b + b"),
            Answer("images", "A library for images", "images", "image.resize((200, 150))"),
            Answer(
                "learning",
                "A library for machine learning",
                "learning",
                "KMeans(16).fit(points)",
                "Machine learning",
            ),
        ),
    ),
    Question(
        "short",
        "How long does one task take?",
        (
            Answer(
                "longer",
                "A millisecond or longer",
                "pure-python",
                "parsing a page",
                lanes=("#### ####",),
            ),
            Answer("short", "Less", "simple", "x + 1", lanes=("# # # # #",)),
        ),
        "Handing one task over to a process costs a tenth of a millisecond or more.",
    ),
    Question(
        "longer",
        "Which takes longer?",
        (
            Answer(
                "waiting", "Waiting", "mixed", "a slow server, a small page", lanes=("-------##",)
            ),
            Answer(
                "computing",
                "Computing",
                "mixed",
                "a fast server, a large page",
                lanes=("--#######",),
            ),
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


def trail(answers: Mapping[str, str]) -> list[tuple[Question, Answer]]:
    """The questions that answers (by question) lead through, each with its answer. Raises Refused.

    Answers to questions that they do not lead to are left out.
    """
    walked(answers)
    at: Question | None = FIRST
    found = []
    while at and at.name in answers:
        answer = next(one for one in at.answers if one.name == answers[at.name])
        found.append((at, answer))
        at = QUESTIONS.get(answer.to)
    return found


def paths(at: Question = FIRST) -> Iterator[tuple[dict[str, str], Row]]:
    """Every way through the tree: the answers, and the row that they lead to."""
    for answer in at.answers:
        if following := QUESTIONS.get(answer.to):
            for rest, row in paths(following):
                yield {at.name: answer.name, **rest}, row
        else:
            yield {at.name: answer.name}, ROWS[answer.to]

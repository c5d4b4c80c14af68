"""Text: parsed and written as JSON by C code that keeps the GIL, and read word by word."""

import functools
from collections import Counter
from json import dumps, loads
from typing import Annotated
from zlib import crc32

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.prose import WORDS, prose, turned

# A task's number and how long its text is: in records, or in words.
Text = tuple[int, int]


@functools.lru_cache(maxsize=1)
def document(records: int) -> str:
    """JSON of so many records."""
    return dumps([record(number) for number in range(records)])


def record(number: int) -> dict[str, object]:
    """One record: numbers, words and truths."""
    word = WORDS[number * 7 % len(WORDS)]
    return {
        "id": number,
        "name": f"{word} {number}",
        "price": number % 400 / 4,
        "tags": [word[:3], word[3:]],
        "sold": number % 3 == 0,
    }


def parse_and_dump(text: Text) -> int:
    """The CRC-32 of a document that was parsed, given its number, and written again."""
    number, length = text
    records = loads(document(length))
    records.append(number)
    return crc32(dumps(records).encode())


@workload(
    "cpu",
    seconds=lambda count, records: count * (2e-6 + records * 2e-6),
    presets={"small": {"count": 200, "records": 500}},
)
def json(
    count: Annotated[int, Between(1, 100_000), "How many documents."] = 200,
    records: Annotated[int, Between(1, 100_000), "How many records each document has."] = 500,
) -> Work[Text, int]:
    """Parse and write JSON

    C code, yet it keeps the GIL, as it makes Python objects all the time.
    """
    document(records)
    return Work(task=parse_and_dump, items=[(number, records) for number in range(count)])


def count_words(text: Text) -> tuple[int, int, int]:
    """How many words a text has, how many different ones, and how often the commonest comes."""
    number, length = text
    counts: Counter[str] = Counter()
    for word in turned(prose(length), number).split():
        counts[word.strip(".").lower()] += 1
    return counts.total(), len(counts), max(counts.values())


@workload(
    "cpu",
    seconds=lambda count, length: count * (5e-6 + length * 3.3e-7),
    presets={"small": {"count": 64, "length": 20_000}},
)
def words(
    count: Annotated[int, Between(1, 100_000), "How many texts."] = 64,
    length: Annotated[int, Between(1, 1_000_000, "words"), "How long each text is."] = 20_000,
) -> Work[Text, tuple[int, int, int]]:
    """Count the words of texts

    A loop over words in Python, which keeps the GIL.
    """
    prose(length)
    return Work(task=count_words, items=[(number, length) for number in range(count)])

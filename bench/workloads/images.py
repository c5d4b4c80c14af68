"""Photographs made smaller and blurred by Pillow, which lets the GIL go while it does so."""

import functools
import hashlib
from typing import TYPE_CHECKING, Annotated

from bench.forms import Between
from bench.work import Work
from bench.workloads import workload
from bench.workloads.sha256 import digest_of_digests

if TYPE_CHECKING:
    from PIL import Image

# A task's number and its photograph's width.
Photograph = tuple[int, int]


@functools.lru_cache(maxsize=1)
def photograph(width: int) -> "Image.Image":
    """A picture in colour of soft shapes and some grain, 4 wide to 3 high, made once a process."""
    import random

    from PIL import Image

    draw = random.Random(width)
    size = (width, width * 3 // 4)
    shapes = Image.frombytes("RGB", (16, 12), draw.randbytes(16 * 12 * 3))
    grain = Image.frombytes("RGB", size, draw.randbytes(size[0] * size[1] * 3))
    return Image.blend(shapes.resize(size, Image.Resampling.BICUBIC), grain, 0.1)


def shrunk(item: Photograph) -> "Image.Image":
    """A photograph at half its size; each number leaves out another edge."""
    from PIL import Image

    number, width = item
    whole = photograph(width)
    edge = number % 16
    size = (whole.width // 2, whole.height // 2)
    box = (edge, edge, whole.width, whole.height)
    return whole.resize(size, Image.Resampling.LANCZOS, box)


def shrink_and_blur(item: Photograph) -> str:
    """The SHA-256 of the pixels of a photograph at half its size, blurred."""
    from PIL import ImageFilter

    blurred = shrunk(item).filter(ImageFilter.GaussianBlur(3))
    return hashlib.sha256(blurred.tobytes()).hexdigest()


@workload(
    "native",
    seconds=lambda count, width: count * (5e-5 + width**2 * 1.4e-8),
    presets={"small": {"count": 32, "width": 1_200}},
    packages=("PIL",),
)
def images(
    count: Annotated[int, Between(1, 10_000), "How many photographs."] = 32,
    width: Annotated[int, Between(64, 6_000, "pixels"), "How wide each one is."] = 1_200,
) -> Work[Photograph, str]:
    """Shrink and blur photographs with Pillow

    Pillow's C code lets the GIL go while it resizes and blurs.
    """
    photograph(width)
    items = [(number, width) for number in range(count)]
    return Work(task=shrink_and_blur, items=items, reduce=digest_of_digests)

"""An edition's own pictures, its cover and the publisher's logo, checked before a book takes them.

A reading system takes PNG and JPEG; some of them show nothing of a JPEG for the press (CMYK).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final, NamedTuple

from publish.errors import EditionError

KINDS: Final = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg")}
LEAST_COVER: Final = (600, 800)  # pixels; shops refuse smaller ones


class Picture(NamedTuple):
    """A picture and what it is; lengths in pixels."""

    data: bytes
    media_type: str
    extension: str
    width: int
    height: int


def picture(data: bytes, name: str, file: str) -> Picture:
    """The picture in `data`, called `name` in messages.

    Raises EditionError if it is neither PNG nor JPEG, is damaged, or is in the press's colours.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with _whole(), Image.open(BytesIO(data), formats=tuple(KINDS)) as image:
            image.load()
            kind, mode, (width, height) = str(image.format), image.mode, image.size
    except UnidentifiedImageError:
        raise EditionError(
            f"the {name} is neither a PNG nor a JPEG image.",
            file=file,
            detail=f"It begins with the bytes {data[:8].hex(' ')}.",
            hint="Save it as PNG or JPEG.",
        ) from None
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise EditionError(
            f"the {name} is damaged: {error}.", file=file, hint="Save it once more."
        ) from None
    if mode == "CMYK":
        raise EditionError(
            f"the {name} is in the colours of the press (CMYK).",
            file=file,
            hint="Save it in RGB: many reading systems show nothing of it else.",
        )
    return Picture(data, *KINDS[kind], width, height)


@contextmanager
def _whole() -> Iterator[None]:
    """Has Pillow refuse what is cut off, though the layout library told it to take anything."""
    from PIL import ImageFile

    lenient = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def check_cover(data: bytes, file: str) -> None:
    """Raises EditionError unless the picture can be a cover."""
    image = picture(data, "cover", file)
    width, height = LEAST_COVER
    if image.width < width or image.height < height:
        raise EditionError(
            f"the cover has {image.width} × {image.height} pixels, too few for a shop.",
            file=file,
            hint=f"It needs {width} × {height} at least; 1600 × 2560 is best.",
        )

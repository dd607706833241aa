"""Colours of the screen become inks of the press: sRGB in, cyan, magenta, yellow and black out.

The plain rule, used where no ICC profile was given, is full grey component replacement: black takes
all that the three colours have in common. So black and greys stand on the black plate alone, where
no misregister can blur them, and no colour needs more than two inks beside black. It does not know
the press: saturated colours, blues above all, will come out duller than on the screen.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from publish.errors import EditionError

if TYPE_CHECKING:
    from PIL.Image import Image

NEUTRAL: Final = 4 / 255  # channels no further apart than this are a grey: the eye sees no colour
# CIE Lab to linear sRGB, for the white D50 of the profile connection space (IEC 61966-2-1, with
# the Bradford adaptation from D65).
D50: Final = (0.9642, 1.0, 0.8249)
TO_SRGB: Final = (
    (3.1338561, -1.6168667, -0.4906146),
    (-0.9787684, 1.9161415, 0.0334540),
    (0.0719453, -0.2289914, 1.4052427),
)


class Inks(NamedTuple):
    """Shares of the four process inks, each from 0 to 1."""

    cyan: float
    magenta: float
    yellow: float
    black: float


def inks(red: float, green: float, blue: float, *, limit: float, icc: bytes = b"") -> Inks:
    """The inks of an sRGB colour whose channels go from 0 to 1.

    `limit` bounds their sum, as a share (3.0 for 300 %). With `icc`, the profile of a press, all
    but greys go through it, and it keeps its own limit. Raises EditionError for a profile that
    is none.
    """
    channels = [min(max(channel, 0.0), 1.0) for channel in (red, green, blue)]
    if max(channels) - min(channels) <= NEUTRAL:
        return Inks(0.0, 0.0, 0.0, _rounded(1 - sum(channels) / 3))
    if icc:
        return _through(tuple(round(channel * 255) for channel in channels), icc)
    brightest = max(channels)
    black = 1 - brightest
    coloured = [(brightest - channel) / brightest for channel in channels]
    kept = min(1.0, max(limit - black, 0.0) / sum(coloured))
    cyan, magenta, yellow = (_rounded(share * kept) for share in coloured)
    return Inks(cyan, magenta, yellow, _rounded(black))


def lab_to_srgb(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """The sRGB channels, 0 to 1, of a CIE Lab colour under D50; out of gamut is cut off."""
    y = (lightness + 16) / 116
    xyz = [
        white * (t**3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29))
        for white, t in zip(D50, (y + a / 500, y, y - b / 200), strict=True)
    ]
    linear = [sum(m * v for m, v in zip(row, xyz, strict=True)) for row in TO_SRGB]
    red, green, blue = (_encoded(min(max(channel, 0.0), 1.0)) for channel in linear)
    return red, green, blue


def profile(icc: bytes, file: str = "") -> Any:
    """The profile as littleCMS holds it.

    Raises EditionError unless it is that of an output device with the four process inks.
    """
    from PIL import ImageCms

    try:
        held = ImageCms.ImageCmsProfile(BytesIO(icc))
    except (OSError, ImageCms.PyCMSError):
        raise EditionError(
            "this is no ICC profile.",
            file=file,
            hint="Name the .icc file that your press gives out for its paper.",
        ) from None
    space, device = held.profile.xcolor_space.strip(), held.profile.device_class
    if (space, device) != ("CMYK", "prtr"):
        what = {"mntr": "a screen", "scnr": "a scanner or camera", "prtr": "a printer"}
        raise EditionError(
            f"the ICC profile is that of {what.get(device, 'another kind')}, in {space}.",
            file=file,
            hint="It needs to be an output profile in CMYK, such as presses give out.",
        )
    return held


def converted(picture: Image, source: Any, target: Any, mode: str) -> Image:
    """A picture of one profile in the colours of another, as a mode of Pillow's."""
    from PIL import ImageCms

    made = ImageCms.profileToProfile(
        picture, source, target,
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC, outputMode=mode,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )  # fmt: skip
    assert made is not None  # only None when told to change the picture in place
    return made


@lru_cache(maxsize=4096)
def _through(rgb: tuple[int, ...], icc: bytes) -> Inks:
    from PIL import Image, ImageCms

    point = Image.new("RGB", (1, 1), rgb)
    made = converted(point, ImageCms.createProfile("sRGB"), profile(icc), "CMYK")
    shares: Any = made.getpixel((0, 0))
    return Inks(*(_rounded(share / 255) for share in shares))


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else float(1.055 * linear ** (1 / 2.4) - 0.055)


def _rounded(share: float) -> float:
    return round(share, 4)

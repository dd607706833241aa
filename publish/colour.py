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
PAPER: Final = (255, 255, 255)
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


def picture_in_inks(picture: Image, *, limit: float, icc: bytes = b"") -> Image:
    """The picture as the press needs it: of mode "L" if it has no colour, else of "CMYK".

    What is transparent is laid on white paper. A profile embedded in the picture is honoured. In
    CMYK 255 is full ink; in L 255 is paper. Raises EditionError for a profile that is none, that of
    the press or the picture's own.
    """
    if picture.mode == "CMYK":
        return picture
    picture = on_paper(picture)
    if picture.mode == "L":
        return picture
    picture = _in_srgb(picture, picture.info.get("icc_profile", b""))
    if is_grey(picture):
        return picture.convert("L")
    if icc:
        from PIL import ImageCms

        return _converted(picture, ImageCms.createProfile("sRGB"), profile(icc), "CMYK")
    return _plainly(picture, limit)


def on_paper(picture: Image) -> Image:
    """The picture without transparency, on white: of mode "L" or "RGB"."""
    from PIL import Image

    if picture.mode in ("1", "L") and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits a sample
        return picture.point(lambda value: value / 256).convert("L")
    if not picture.has_transparency_data:
        return _keeping(picture, picture.convert("RGB"))
    clear = picture.convert("RGBA")
    ground = Image.new("RGBA", picture.size, (*PAPER, 255))
    return _keeping(picture, Image.alpha_composite(ground, clear).convert("RGB"))


def in_srgb(picture: Image) -> Image:
    """The picture with its colours in sRGB: a profile embedded in it is honoured, and what is clear
    stays so ("RGBA"). Greys, whose profile says nothing of colour, stay as they are.

    Raises EditionError for a profile that does not serve.
    """
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        if picture.mode in ("1", "L", "LA", "La"):
            return clear
        seen = _in_srgb(clear.convert("RGB"), picture.info.get("icc_profile", b""))
        seen.putalpha(clear.getchannel("A"))
        return seen
    plain = on_paper(picture)
    return plain if plain.mode == "L" else _in_srgb(plain, picture.info.get("icc_profile", b""))


def is_grey(picture: Image) -> bool:
    """Whether no pixel of an RGB picture has a colour that can be seen."""
    low, high = _extremes(picture)
    from PIL import ImageChops

    extrema: Any = ImageChops.subtract(high, low).getextrema()
    return bool(extrema[1] <= NEUTRAL * 255)


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


def _extremes(picture: Image) -> tuple[Image, Image]:
    from PIL import ImageChops

    red, green, blue = picture.split()
    return (
        ImageChops.darker(ImageChops.darker(red, green), blue),
        ImageChops.lighter(ImageChops.lighter(red, green), blue),
    )


def _plainly(picture: Image, limit: float) -> Image:
    """An RGB picture in CMYK by the plain rule."""
    from PIL import Image, ImageChops, ImageMath

    _, brightest = _extremes(picture)
    black = ImageChops.invert(brightest)
    coloured = [  # a division by zero, where all is black, gives zero
        ImageMath.lambda_eval(lambda of: (of["top"] - of["own"]) * 255 / of["top"],
                              top=brightest, own=channel).convert("L")
        for channel in picture.split()
    ]  # fmt: skip
    if limit < 3.0:
        allowed = round(limit * 255)
        cyan, magenta, yellow = coloured
        total = ImageMath.lambda_eval(
            lambda of: of["c"] + of["m"] + of["y"], c=cyan, m=magenta, y=yellow
        )
        coloured = [
            ImageMath.lambda_eval(
                lambda of: of["own"]
                * of["min"](of["total"], of["max"](allowed - of["black"], of["total"] * 0))
                / of["total"],
                own=share, total=total, black=black,
            ).convert("L")
            for share in coloured
        ]  # fmt: skip
    return Image.merge("CMYK", (*coloured, black))


def _in_srgb(picture: Image, embedded: bytes) -> Image:
    from PIL import ImageCms

    if not embedded:
        return picture
    try:
        held = ImageCms.ImageCmsProfile(BytesIO(embedded))
        space = held.profile.xcolor_space.strip()
    except (OSError, ImageCms.PyCMSError):
        space = "none"
    if space != "RGB":
        raise EditionError(
            f"a picture in RGB has a colour profile that does not serve (of {space}).",
            hint="Save it once more in sRGB.",
        )
    return _converted(picture, held, ImageCms.createProfile("sRGB"), "RGB")


def _converted(picture: Image, source: Any, target: Any, mode: str) -> Image:
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
    made = _converted(point, ImageCms.createProfile("sRGB"), profile(icc), "CMYK")
    shares: Any = made.getpixel((0, 0))
    return Inks(*(_rounded(share / 255) for share in shares))


def _keeping(before: Image, after: Image) -> Image:
    if "icc_profile" in before.info:
        after.info["icc_profile"] = before.info["icc_profile"]
    return after


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else float(1.055 * linear ** (1 / 2.4) - 0.055)


def _rounded(share: float) -> float:
    return round(share, 4)

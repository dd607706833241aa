"""Pictures of the screen become pictures of the press: any mode and profile in, inks or greys out.

The rule is that of `publish.colour`, worked out for whole channels at a time.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from publish.colour import NEUTRAL, converted, profile
from publish.errors import EditionError

if TYPE_CHECKING:
    from PIL.Image import Image

PAPER: Final = (255, 255, 255)


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

        return converted(picture, ImageCms.createProfile("sRGB"), profile(icc), "CMYK")
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
    return converted(picture, held, ImageCms.createProfile("sRGB"), "RGB")


def _keeping(before: Image, after: Image) -> Image:
    if "icc_profile" in before.info:
        after.info["icc_profile"] = before.info["icc_profile"]
    return after

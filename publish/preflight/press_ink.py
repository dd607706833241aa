"""How much ink pictures and gradients lay on the paper: a sum of shares, 4 at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from PIL.Image import Image

FEW: Final = 1000  # one pixel of so many may have more: the edges of a JPEG swing over
SIDE: Final = 1000  # pixels: larger pictures are looked at as far apart as this


def picture_ink(image: Any) -> float:
    """The most ink of a picture in DeviceCMYK, but for one pixel in a thousand; 0 for another.

    Sums are exact to two hundredths. Raises ValueError for a picture that cannot be read.
    """
    import pikepdf
    from PIL import ImageChops

    if image.get("/ImageMask", False) or str(image.get("/ColorSpace", "")) != "/DeviceCMYK":
        return 0.0
    try:
        picture = pikepdf.PdfImage(image).as_pil_image()
    except (pikepdf.UnsupportedImageTypeError, NotImplementedError, OSError) as error:
        raise ValueError(f"a picture cannot be read: {error}") from None
    if picture.mode != "CMYK":
        return 0.0
    step = max(1, -(-max(picture.size) // SIDE))
    if step > 1:
        picture = picture.resize((-(-picture.width // step), -(-picture.height // step)), 0)
    cyan, magenta, yellow, black = _upright(picture, image).split()
    mean = ImageChops.add(
        ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2), scale=2
    )
    over = picture.width * picture.height // FEW
    for level, count in reversed(list(enumerate(mean.histogram()))):
        over -= count
        if over < 0:
            return level * 4 / 255
    return 0.0


def _upright(picture: Image, image: Any) -> Image:
    """The picture with its samples as ink. Adobe's JPEGs of four inks hold what is left of the
    paper; Pillow turns them, whether or not the PDF's own /Decode does so, too."""
    from PIL import ImageChops

    decode = [float(value) for value in image.get("/Decode", [])]
    turned = "adobe" in picture.info
    asked = bool(decode) and decode[0] > decode[1]
    return ImageChops.invert(picture) if turned != asked else picture


def gradient_ink(shading: Any) -> float:
    """The most ink of a gradient in DeviceCMYK, as far as its functions are samples or go from one
    colour to another; 0 for others."""
    import pikepdf

    if str(shading.ColorSpace) != "/DeviceCMYK" or "/Function" not in shading:
        return 0.0
    function = shading.Function
    return 0.0 if isinstance(function, pikepdf.Array) else _most(function)


def _most(function: Any) -> float:
    kind = int(function.FunctionType)
    if kind == 2:  # between its ends each ink is between those of the ends (PDF 32000-1, 7.10.3)
        return max(sum(float(ink) for ink in function.get(key, [0])) for key in ("/C0", "/C1"))
    if kind == 3:
        return max(_most(part) for part in function.Functions)
    if kind == 0 and int(function.BitsPerSample) == 8:
        data: bytes = function.read_bytes()
        return max(sum(data[at : at + 4]) for at in range(0, len(data), 4)) / 255
    return 0.0

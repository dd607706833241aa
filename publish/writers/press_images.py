"""Pictures in a PDF for the press: any image in, one in process inks or grey, unmasked, out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from publish.errors import EditionError
from publish.pdf.objects import several
from publish.picture_colour import on_paper, picture_in_inks
from publish.writers.press_colours import space_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from publish.writers.press_job import Job

INKED: Final = ("/DeviceGray", "/DeviceCMYK")
KEPT: Final = ("/Type", "/Subtype", "/Width", "/Height", "/BitsPerComponent", "/ColorSpace",
               "/Decode", "/DecodeParms", "/Filter", "/ImageMask", "/Interpolate", "/Intent",
               "/Length", "/Mask")  # fmt: skip
FILTERS: Final = ("/FlateDecode", "/DCTDecode", "/CCITTFaxDecode", "/RunLengthDecode",
                  "/ASCII85Decode", "/ASCIIHexDecode", "/LZWDecode")  # fmt: skip


def image_in_inks(job: Job, image: Any, alpha: float) -> Any:
    """The image for a press, drawn with this opacity: itself, if it was in inks already.

    A soft mask and a key colour are laid on white paper; a stencil stays. Raises EditionError for
    an image that cannot be read.
    """
    key = ("image", image.objgen, alpha)
    if key not in job.done:
        job.done[key] = _image(job, image, alpha)
    return job.done[key]


def inline_in_inks(job: Job, inline: Any, alpha: float) -> Any:
    """An image that stands in the content itself; None if it may stay as it is."""
    if inline.image_mask or (alpha == 1 and str(inline.colorspace) in INKED):
        return None
    return _written(job, _tinted(_inked(job, inline.as_pil_image()), alpha))


def _image(job: Job, image: Any, alpha: float) -> Any:
    import pikepdf

    if image.get("/ImageMask", False):
        return _kept(image)
    mask = image.get("/Mask")
    keyed = isinstance(mask, pikepdf.Array)
    if isinstance(mask, pikepdf.Stream) and alpha == 1 and "/SMask" not in image:
        mask = _kept(mask)
    readable = all(str(name) in FILTERS for name in several(image.get("/Filter")))
    readable = readable and int(image.get("/BitsPerComponent", 8)) <= 8
    given = image.get("/ColorSpace")
    indexed = isinstance(given, pikepdf.Array) and str(given[0]) == "/Indexed"
    space = space_of(given[1] if indexed else given, job.refuse) if given is not None else None
    inked = space is not None and (space.kind in INKED or space.array is not None)
    if inked and readable and alpha == 1 and not keyed and "/SMask" not in image:
        made = _kept(image)
        if space is not None and space.array is None:
            plain = pikepdf.Name(space.kind)
            made["/ColorSpace"] = pikepdf.Array([given[0], plain, *given[2:]]) if indexed else plain
        return made
    picture = _read(job, image)
    if keyed:
        picture = _without_key(picture, [int(bound) for bound in mask])
    if "/SMask" in image:
        picture = _masked(picture, _read(job, image.SMask).convert("L"))
    made = _written(job, _tinted(_inked(job, picture), alpha))
    if isinstance(mask, pikepdf.Stream):
        made["/Mask"] = mask
    return made


def _kept(image: Any) -> Any:
    """The image itself, without alternates, other programs' notes and other keys of no use."""
    for name in list(image.keys()):
        if name not in KEPT:
            del image[name]
    return image


def _read(job: Job, image: Any) -> Image:
    import pikepdf
    from PIL import ImageChops

    bits = int(image.get("/BitsPerComponent", 8))
    try:
        if bits == 16:
            return _of_sixteen_bits(image)
        picture = pikepdf.PdfImage(image).as_pil_image()
    except (pikepdf.PdfError, pikepdf.UnsupportedImageTypeError, NotImplementedError, OSError,
            ValueError) as error:  # fmt: skip
        raise job.refuse(
            f"a picture cannot be read ({error})", "Save it once more in sRGB."
        ) from None
    decode = [float(value) for value in image.get("/Decode", [])]
    if decode and decode[0] > decode[1] and picture.mode in ("1", "L", "RGB"):
        picture = ImageChops.invert(picture.convert("L") if picture.mode == "1" else picture)
    return picture


def _of_sixteen_bits(image: Any) -> Image:
    """The upper eight bits of each sample; PDF 1.4 knows no more."""
    from PIL import Image

    data = image.read_bytes()[::2]
    size = int(image.Width), int(image.Height)
    mode = {1: "L", 3: "RGB", 4: "CMYK"}[len(data) // (size[0] * size[1])]
    return Image.frombytes(mode, size, data)


def _without_key(picture: Image, bounds: list[int]) -> Image:
    """The picture with pixels whose channels all lie within the bounds taken for paper."""
    from PIL import Image, ImageChops

    channels = picture.split()
    clear = Image.new("L", picture.size, 255)
    for channel, low, high in zip(channels, bounds[::2], bounds[1::2], strict=False):
        within = channel.point(lambda value, low=low, high=high: 255 * (low <= value <= high))
        clear = ImageChops.multiply(clear, within.convert("L"))
    return _masked(picture, ImageChops.invert(clear))


def _masked(picture: Image, mask: Image) -> Image:
    """The picture on white paper where its mask lets it through; the larger of both sizes."""
    from PIL import Image, ImageChops

    size = max(picture.width, mask.width), max(picture.height, mask.height)
    picture = picture if picture.size == size else picture.resize(size)
    mask = mask if mask.size == size else mask.resize(size)
    if picture.mode == "CMYK":
        return Image.merge("CMYK", [ImageChops.multiply(ink, mask) for ink in picture.split()])
    profile = picture.info.get("icc_profile")
    clear = picture.convert("RGBA")
    clear.putalpha(mask)
    flat = on_paper(clear)
    if profile:
        flat.info["icc_profile"] = profile
    return flat


def _inked(job: Job, picture: Image) -> Image:
    try:
        return picture_in_inks(picture, limit=job.condition.ink_limit, icc=job.condition.icc)
    except EditionError as error:
        raise job.refuse(error.message.rstrip("."), error.hint) from None


def _tinted(picture: Image, alpha: float) -> Image:
    if alpha == 1:
        return picture
    if picture.mode == "L":
        return picture.point(lambda value: 255 - (255 - value) * alpha)
    return picture.point(lambda value: value * alpha)


def _written(job: Job, picture: Image) -> Any:
    import pikepdf

    name = pikepdf.Name.DeviceGray if picture.mode == "L" else pikepdf.Name.DeviceCMYK
    return job.document.make_stream(
        picture.tobytes(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image,
        Width=picture.width, Height=picture.height, BitsPerComponent=8, ColorSpace=name,
    )  # fmt: skip

"""Colour gradients of a PDF in process inks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from publish.pdf.objects import several
from publish.writers.press_colours import Paint, mixed, space_of

if TYPE_CHECKING:
    from publish.writers.press_job import Job

STEPS: Final = 256  # samples along a gradient: as many as eight bits can tell apart
ALONG_A_LINE: Final = (2, 3)  # axial and radial: colour follows one number


def shading_in_inks(job: Job, given: Any, alpha: float) -> Any:
    """The gradient in process inks, drawn with this opacity.

    Axial and radial ones are sampled along their line. Raises EditionError for others, unless
    they are in inks already.
    """
    import pikepdf

    space = space_of(given.ColorSpace, job.refuse)
    spot = space.array is not None
    if alpha == 1 and (spot or given.ColorSpace in ("/DeviceGray", "/DeviceCMYK")):
        return given
    if int(given.ShadingType) not in ALONG_A_LINE or spot:
        raise job.refuse("a gradient is of a kind that cannot be put into inks", "Use another.")
    low, high = (float(end) for end in given.get("/Domain", [0, 1]))
    functions = several(given.Function)
    samples = bytearray()
    for step in range(STEPS):
        at = low + (high - low) * step / (STEPS - 1)
        values = tuple(value for function in functions for value in _valued(job, function, at))
        ink = mixed(Paint(space, values), alpha, job.condition, job.refuse)
        samples += bytes(round(share * 255) for share in ink)
    made = pikepdf.Dictionary(
        ShadingType=given.ShadingType, ColorSpace=pikepdf.Name.DeviceCMYK, Coords=given.Coords,
        Domain=[low, high], Function=_sampled(job, bytes(samples), low, high),
    )  # fmt: skip
    for key in ("/Extend", "/BBox", "/AntiAlias"):
        if key in given:
            made[key] = given[key]
    if "/Background" in given:
        ground = Paint(space, tuple(float(value) for value in given.Background))
        made.Background = list(mixed(ground, alpha, job.condition, job.refuse))
    return made


def _sampled(job: Job, samples: bytes, low: float, high: float) -> Any:
    return job.document.make_stream(
        samples, FunctionType=0, Domain=[low, high], Range=[0, 1] * 4, Size=[STEPS],
        BitsPerSample=8,
    )  # fmt: skip


def _valued(job: Job, function: Any, at: float) -> list[float]:
    """A function of one number at a place (PDF 32000-1, 7.10)."""
    low, high = _numbers(function.Domain)[:2]
    at = min(max(at, low), high)
    kind = int(function.FunctionType)
    if kind == 2:
        first = _numbers(function.get("/C0", [0]))
        second = _numbers(function.get("/C1", [1]))
        share = at ** float(function.N)
        return [a + share * (b - a) for a, b in zip(first, second, strict=True)]
    if kind == 3:
        edges = [low, *_numbers(function.Bounds), high]
        last = len(edges) - 2
        piece = next((i for i in range(last) if at < edges[i + 1]), last)
        start, end = _numbers(function.Encode)[2 * piece : 2 * piece + 2]
        wide = edges[piece + 1] - edges[piece]
        share = (at - edges[piece]) / wide if wide else 0.0
        return _valued(job, function.Functions[piece], start + share * (end - start))
    if kind == 0 and int(function.BitsPerSample) == 8:
        return _looked_up(function, at, low, high)
    raise job.refuse("a gradient follows a program", "Give it colours at its ends.")


def _looked_up(function: Any, at: float, low: float, high: float) -> list[float]:
    bounds = _numbers(function.Range)
    few, size, data = len(bounds) // 2, int(function.Size[0]), function.read_bytes()
    place = (at - low) / (high - low) * (size - 1)
    first = min(int(place), max(size - 2, 0))
    second = min(first + 1, size - 1)
    values = []
    for channel in range(few):
        a, b = data[first * few + channel], data[second * few + channel]
        share = (a + (b - a) * (place - first)) / 255
        values.append(bounds[2 * channel] + share * (bounds[2 * channel + 1] - bounds[2 * channel]))
    return values


def _numbers(given: Any) -> Sequence[float]:
    return [float(value) for value in given]

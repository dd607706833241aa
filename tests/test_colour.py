"""Colours of the screen in inks: the plain rule, pictures, profiles."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from publish.colour import Inks, inks, lab_to_srgb, profile
from publish.conditions import CONDITIONS, condition
from publish.errors import EditionError
from publish.picture_colour import picture_in_inks

CHANNEL = st.floats(0, 1)


def pixels(picture: Image.Image) -> list[tuple[int, ...]]:
    return list(picture.get_flattened_data())  # type: ignore[arg-type]


def coloured(size: int = 16) -> Image.Image:
    picture = Image.new("RGB", (size, size))
    picture.putdata([(x * 15, y * 15, 120) for y in range(size) for x in range(size)])
    return picture


@pytest.mark.parametrize("grey", [0.0, 0.25, 0.5, 1.0])
def test_a_grey_is_on_the_black_plate_alone(grey: float) -> None:
    assert inks(grey, grey, grey, limit=3.0) == Inks(0, 0, 0, 1 - grey)


def test_pure_colours_are_pure_inks() -> None:
    assert inks(0, 1, 1, limit=3.0) == Inks(1, 0, 0, 0)
    assert inks(1, 0, 0, limit=3.0) == Inks(0, 1, 1, 0)
    assert inks(0.5, 0.25, 0.25, limit=3.0) == Inks(0, 0.5, 0.5, 0.5)


@given(CHANNEL, CHANNEL, CHANNEL, st.sampled_from([1.0, 2.4, 3.0]))
def test_inks_stay_within_their_limit(red: float, green: float, blue: float, limit: float) -> None:
    made = inks(red, green, blue, limit=limit)
    assert all(0 <= share <= 1 for share in made)
    assert sum(made) <= limit + 0.001


@given(CHANNEL, CHANNEL, CHANNEL)
def test_inks_multiplied_give_the_colour_again(red: float, green: float, blue: float) -> None:
    """What the plain rule means: each ink takes its share of one channel, black of all three."""
    made = inks(red, green, blue, limit=3.0)
    for share, channel in zip(made[:3], (red, green, blue), strict=True):
        assert (1 - share) * (1 - made.black) == pytest.approx(channel, abs=4 / 255)


@pytest.mark.parametrize("limit", [3.0, 2.4, 1.2])
def test_pictures_follow_the_rule_of_single_colours(limit: float) -> None:
    picture = coloured()
    made = picture_in_inks(picture, limit=limit)
    assert made.mode == "CMYK"
    for seen, ink in zip(pixels(picture), pixels(made), strict=True):
        meant = inks(*(channel / 255 for channel in seen), limit=limit)
        if max(seen) - min(seen) > 4:
            assert ink == pytest.approx([share * 255 for share in meant], abs=2.01)
        assert sum(ink) <= limit * 255


def test_a_picture_without_colour_has_one_plate() -> None:
    grey = Image.linear_gradient("L").convert("RGB")
    assert picture_in_inks(grey, limit=3.0).mode == "L"
    grey.putpixel((3, 3), (90, 100, 90))
    assert picture_in_inks(grey, limit=3.0).mode == "CMYK"


def test_what_is_transparent_is_laid_on_paper() -> None:
    clear = Image.new("RGBA", (2, 1), (255, 0, 0, 0))
    clear.putpixel((1, 0), (255, 0, 0, 255))
    assert pixels(picture_in_inks(clear, limit=3.0)) == [(0, 0, 0, 0), (0, 255, 255, 0)]
    assert pixels(picture_in_inks(Image.new("LA", (1, 1), (0, 128)), limit=3.0)) == [127]


def test_a_profile_embedded_in_a_picture_is_honoured() -> None:
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    picture = coloured()
    plain = picture_in_inks(picture, limit=3.0)
    picture.info["icc_profile"] = linear.tobytes()
    differences = zip(pixels(plain), pixels(picture_in_inks(picture, limit=3.0)), strict=True)
    assert all(a == pytest.approx(b, abs=4) for a, b in differences)  # the same space, told twice


def test_lab_is_read_in_the_light_of_the_profile_space() -> None:
    assert lab_to_srgb(100, 0, 0) == pytest.approx((1, 1, 1), abs=0.002)
    assert lab_to_srgb(53.39, 80.09, 67.2) == pytest.approx((1, 0, 0), abs=0.03)


def test_a_profile_of_a_screen_is_one_sentence() -> None:
    screen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with pytest.raises(EditionError, match="that of a screen, in RGB") as caught:
        profile(screen, "press.icc")
    assert caught.value.file == "press.icc"
    with pytest.raises(EditionError, match="no ICC profile"):
        condition("FOGRA39", b"no profile", icc_file="x.icc")


def test_conditions_have_names_of_the_registry() -> None:
    assert condition().name == "FOGRA39"
    assert condition("fogra 51").name == "FOGRA51"
    assert condition("CGATS TR-006").name == "CGATS TR 006"
    assert all(1 < known.ink_limit <= 4 and known.registered for known in CONDITIONS.values())


def test_an_unknown_condition_is_one_sentence_with_its_neighbour() -> None:
    with pytest.raises(EditionError) as caught:
        condition("FOGRA93", file="edition.toml")
    assert "“FOGRA93” is not known" in str(caught.value)
    assert "Did you mean FOGRA39" in str(caught.value)


@pytest.mark.parametrize(
    ("profile", "words"),
    [
        (b"nonsense", "of none"),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), "of Lab"),
    ],
)
def test_a_picture_whose_profile_does_not_serve_is_one_sentence(profile: bytes, words: str) -> None:
    picture, kept = coloured(), BytesIO()
    picture.save(kept, "PNG", icc_profile=profile)
    again = Image.open(BytesIO(kept.getvalue()))
    again.load()
    with pytest.raises(EditionError, match=words):
        picture_in_inks(again, limit=3.0)

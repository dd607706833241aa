"""The publisher's logo in a book's parts: each format puts its own address where
`render` names it."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO

from publish.edition import Edition
from publish.images import Picture, picture

NAMED = 'src="logo"'


def logo_of(edition: Edition) -> Picture | None:
    """The logo, or None. Raises EditionError if it cannot be shown."""
    return picture(edition.logo, "logo", edition.folder) if edition.logo else None


def with_logo(body: str, address: str) -> str:
    """A part's body with the address of the logo filled in."""
    return body.replace(NAMED, f'src="{address}"')


def inline_address(logo: Picture) -> str:
    """The logo itself as an address, for a format of one file."""
    return f"data:{logo.media_type};base64,{b64encode(logo.data).decode()}"


def in_black(logo: Picture) -> Picture:
    """The logo in greys on white, which a press prints with its black plate alone."""
    from PIL import Image

    with Image.open(BytesIO(logo.data)) as image:
        shown = image.convert("RGBA")
    ground = Image.new("RGBA", shown.size, "white")
    target = BytesIO()
    Image.alpha_composite(ground, shown).convert("L").save(target, "PNG")
    return Picture(target.getvalue(), "image/png", "png", logo.width, logo.height)

"""What the imprint shows of an edition's numbers."""

from __future__ import annotations

import pytest

from publish.edition import Metadata
from publish.rendering.front import imprint
from publish.rendering.labels import labels


@pytest.mark.parametrize(
    ("identifier", "shown"),
    [
        ("urn:uuid:aa245e4b-9a2b-479a-88e1-595d261c1709", False),
        ("https://doi.org/10.1000/182", True),
        ("urn:isbn:9783161484100", True),
        ("", False),
    ],
)
def test_a_number_for_machines_is_not_printed(identifier: str, shown: bool) -> None:
    facts = Metadata(
        title="The Wall", identifier=identifier, language="en", edition_date="2026-11-24"
    )
    part = imprint(facts, labels("en"), "The Wall")
    assert ('class="identifier"' in part.body) is shown
    assert (identifier in part.body) is (shown or not identifier)

"""The moment at which a book says it was last changed."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Final

from publish.edition import Metadata
from publish.errors import UsageError

VARIABLE: Final = "SOURCE_DATE_EPOCH"  # https://reproducible-builds.org/specs/source-date-epoch/
LAST: Final = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # that a date in a book can be


def moment(metadata: Metadata) -> datetime:
    """SOURCE_DATE_EPOCH where it is set, seconds since 1970, else midnight of the edition's date;
    in UTC, and never the clock. Raises UsageError for what is no number of seconds."""
    epoch = os.environ.get(VARIABLE, "")
    if epoch:
        if not (epoch.isascii() and epoch.isdigit() and int(epoch) <= LAST.timestamp()):
            raise UsageError(
                f"{VARIABLE} is “{epoch}”, which is no date in seconds since 1970.",
                hint="Set it to a whole number, such as 1700000000, or unset it.",
            )
        return datetime.fromtimestamp(int(epoch), UTC)
    day = date.fromisoformat(metadata.edition_date[:10] or "1970-01-01")
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

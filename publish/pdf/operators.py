"""Operators of a content stream, which are told apart by case (PDF 32000-1, annex A)."""

from __future__ import annotations

from typing import Final

KNOWN: Final = frozenset(  # PDF Reference, third edition (1.4), table A.1
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k"
    " l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W"
    " W* y ' \"".split()
)
SHOWN: Final = frozenset({"Tj", "TJ", "'", '"'})
FILLED: Final = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKED: Final = frozenset({"S", "s", "B", "B*", "b", "b*"})
# What sets a colour: in a space that the operator names, of a space that is chosen, in that space.
DEVICE: Final = {"g": "/DeviceGray", "G": "/DeviceGray", "rg": "/DeviceRGB", "RG": "/DeviceRGB",
                 "k": "/DeviceCMYK", "K": "/DeviceCMYK"}  # fmt: skip
SPACE: Final = frozenset({"cs", "CS"})
COLOUR: Final = frozenset({"sc", "SC", "scn", "SCN"})
STROKING: Final = frozenset({"G", "RG", "K", "CS", "SC", "SCN"})  # those of them that strokes take

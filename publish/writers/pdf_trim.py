"""The page's geometry as style rules; the numbers are those of `publish.trim`."""

from __future__ import annotations

from publish.trim import Sheet


def page_rules(page: Sheet) -> str:
    """The style rules that carry the geometry; all else in print.css is relative to them. Bleed is
    added to the finished pages: nothing stands in it."""
    sides = f"margin-top: {page.top:.4f}pt; margin-bottom: {page.bottom - 0.01:.4f}pt;"
    return (
        f"@page {{ size: {page.width:.4f}pt {page.height:.4f}pt; {sides} }}\n"
        f"@page :right {{ margin-left: {page.inner:.4f}pt; margin-right: {page.outer:.4f}pt }}\n"
        f"@page :left {{ margin-left: {page.outer:.4f}pt; margin-right: {page.inner:.4f}pt }}\n"
        f"section.bare {{ height: {page.lines * page.leading - 0.02:.4f}pt }}\n"
        f"html {{ font-size: {page.size:g}pt; line-height: {page.leading:g}pt }}\n"
    )

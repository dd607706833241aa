"""Witnesses of one text compared word by word: `words` says what counts as the same, `align` finds
which word answers to which, `differences` says where they part."""

"""Total-fit lines: paragraphs whose line breaks were weighed as a whole, before the layout.

`faces` measures words as the layout will set them, `total_fit` chooses the breaks, `settle` writes
them into the paragraphs of the paged document. Whatever they do not know stays for the layout.
"""

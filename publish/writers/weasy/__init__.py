"""Everything that reaches into WeasyPrint, and nothing else: its lines, its pages, its fonts.

WeasyPrint has no public way to be given lines that are already broken. What is done here leans on
functions and classes of the version named in `engine.KNOWN`; with any other the layout is left
alone, which is slower and otherwise the same.
"""

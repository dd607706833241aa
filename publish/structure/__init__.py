"""From printed lines to paragraphs, headings, stanzas: the evidence, one module a subject."""

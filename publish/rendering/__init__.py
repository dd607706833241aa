"""The steps of `publish.render`: text with marks in, semantic XHTML out, as strings."""

"""PDFs read back: content streams, fonts, tags and boxes, for those who make a file and for those
who check one."""

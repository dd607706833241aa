"""The editor's desk, a page on this machine: `work` keeps the edition and its decisions, `page`
says what the browser is to show, `scans` finds page images, `server` answers requests."""

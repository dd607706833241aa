"""What each command does, without the words of the command line: that is `publish/cli.py`."""

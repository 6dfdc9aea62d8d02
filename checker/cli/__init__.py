"""The command line: the only place that knows stdout, the clock and exit codes."""

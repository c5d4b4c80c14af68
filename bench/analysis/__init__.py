"""From samples to intervals, verdicts and sentences: pure functions, no input or output."""

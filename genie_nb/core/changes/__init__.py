"""What changed between two looks at one ticker.

Report -> Look (what is kept of it) -> changes(before, after) -> Diff
"""

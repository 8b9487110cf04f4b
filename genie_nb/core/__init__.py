"""Pure research: numbers in, values out; no I/O, no clock, no notebook."""

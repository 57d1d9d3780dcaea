"""The boundary: bytes on one side, domain values on the other.

Reading accepts fast and diagnoses on any failure: `gate` takes what is right, `builder` makes values of it, and only
when the gate refuses do `diagnosis` and `places` find every problem with its line and column.
"""

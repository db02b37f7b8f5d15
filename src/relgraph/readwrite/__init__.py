"""Files in and out.

::

    sources ──formats──► RawTable ──tables──► checking ──► Dataset ──formats──► files

`reading.py` and `writing.py` are the ways in and out. `sources` finds the files, `formats` holds a
reader and a writer for each kind of file, `tables` tells which of the three tables was read, and
`checking` turns text into typed columns and finds everything that is wrong with them.
"""

"""Mappings: rules that turn the tables of any export into stakeholders, relationships and contacts.

::

    TOML ──parsing──► Mapping ─┐
    files ──tables──► tables ──┴─rules (SQL in the engine)──► RawTables ──checking──► Dataset

`form` says which keys there are, `expressions` what an expression may hold, `engine` how it is
locked in, `account` what became of each row.
"""

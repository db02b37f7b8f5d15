"""The picture of the firm: network, properties, ties, contacts and partnerships, read once.

Planning, the map and the report look at one `FirmPicture`; it holds nothing of drawing.
"""

from relgraph.firm.picture import TIE_ATTRIBUTES, FirmPicture, read_firm
from relgraph.firm.reading import (
    expect_reading,
    network_of,
    no_ties,
    read_evidence,
    read_network,
    read_word_of_mouth,
)

__all__ = [
    "TIE_ATTRIBUTES",
    "FirmPicture",
    "expect_reading",
    "network_of",
    "no_ties",
    "read_evidence",
    "read_firm",
    "read_network",
    "read_word_of_mouth",
]

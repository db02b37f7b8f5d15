"""Every command by the question it answers, so that `relgraph --help` imports none of them.

A command's help begins with its question and ends with an example and the command to go on with.
The examples run on six_markets in the store `relgraph.lbug`; a test runs them.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """What a command answers, a line to try, and the command that comes next."""

    question: str
    example: str
    next: str


# The groups of `relgraph --help`, and their commands in the order in which a newcomer meets them.
GROUPS = {
    "Put data in": {
        "demo": Entry(
            "What does relgraph show, on sample data?",
            "relgraph demo",
            "template",
        ),
        "template": Entry(
            "Which columns do my files need?",
            "relgraph template my-data",
            "import",
        ),
        "import": Entry(
            "How do my stakeholders and their ties get in?",
            "relgraph import sample_data/six_markets --source crm",
            "info",
        ),
        "set": Entry(
            "How do I change what is stored of one stakeholder?",
            "relgraph set cus-42 satisfaction=.8",
            "show",
        ),
        "tie": Entry(
            "How do I store one tie?",
            "relgraph tie cus-42 REFERS cus-50 strength=.7",
            "show",
        ),
        "contact": Entry(
            "How do I store that somebody called?",
            "relgraph contact emp-06 cus-42 --at 2026-06-30T14:30 --channel phone",
            "overdue",
        ),
        "duplicates": Entry(
            "Who may be stored twice?",
            "relgraph duplicates -o review.csv",
            "import",
        ),
    },
    "Who matters": {
        "centrality": Entry(
            "Who is central in the network?",
            "relgraph centrality --measure betweenness --top 10",
            "brokers",
        ),
        "brokers": Entry(
            "Who connects others who don't know one another?",
            "relgraph brokers --top 10",
            "keyplayers",
        ),
        "keyplayers": Entry(
            "Which few matter most to the network together?",
            "relgraph keyplayers -k 3",
            "communities",
        ),
        "communities": Entry(
            "Which stakeholders belong together?",
            "relgraph communities --top 20",
            "strength",
        ),
        "strength": Entry(
            "How strong is each partnership, and which may break?",
            "relgraph strength --at-risk",
            "overdue",
        ),
        "reach": Entry(
            "How far does a stakeholder's word travel?",
            "relgraph reach --top 10",
            "advocates",
        ),
        "advocates": Entry(
            "Whom do we win first, so that word reaches the most?",
            "relgraph advocates -k 3",
            "intro",
        ),
        "rule250": Entry(
            "How many people a year hear from unhappy customers?",
            "relgraph rule250 --unhappy 2",
            "reach",
        ),
    },
    "What is it worth": {
        "value": Entry(
            "What is each stakeholder worth, in money?",
            "relgraph value --top 10",
            "portfolio",
        ),
        "portfolio": Entry(
            "Which class is each stakeholder in, and what fits it?",
            "relgraph portfolio --market customer",
            "exit",
        ),
        "exit": Entry(
            "What is lost if somebody leaves, and who falls with them?",
            "relgraph exit emp-06",
            "plan",
        ),
    },
    "What to do": {
        "overdue": Entry(
            "Whom do we have to call?",
            "relgraph overdue --top 10",
            "show",
        ),
        "intro": Entry(
            "Who can introduce us to a stakeholder?",
            "relgraph intro cus-50",
            "show",
        ),
        "plan": Entry(
            "Which relationships do we invest in?",
            "relgraph plan",
            "whatif",
        ),
        "whatif": Entry(
            "What would change in a scenario?",
            'echo \'{"stakeholders": [{"id": "cus-13", "status": "left"}]}\' > left.json\n'
            "relgraph whatif left.json",
            "report",
        ),
        "diff": Entry(
            "What has changed since another day, or against another store?",
            "relgraph diff 2025-06-30 --top 20",
            "plan",
        ),
    },
    "Show it": {
        "show": Entry(
            "What do we know about one stakeholder?",
            "relgraph show cus-42",
            "intro",
        ),
        "map": Entry(
            "How does the whole network look?",
            "relgraph map -o map.html",
            "report",
        ),
        "report": Entry(
            "How do we tell others what we have found?",
            "relgraph report -o report.html",
            "diff",
        ),
    },
    "Ask in Cypher": {
        "query": Entry(
            "How do I ask something that no command answers?",
            "relgraph query run single-contact-customers",
            "query list",
        ),
    },
    "Keep house": {
        "explain": Entry(
            "What does a column, a measure or an assumption mean?",
            "relgraph explain betweenness",
            "assumptions",
        ),
        "assumptions": Entry(
            "What is assumed where the data says nothing?",
            "relgraph assumptions",
            "plan",
        ),
        "info": Entry(
            "What does the store hold, and how is the network built?",
            "relgraph info",
            "centrality",
        ),
        "history": Entry(
            "What did the store hold before each import?",
            "relgraph history",
            "diff",
        ),
        "sources": Entry(
            "Which source did what come from, and when?",
            "relgraph sources",
            "import",
        ),
        "settings": Entry(
            "What does the store carry along beside the data?",
            "relgraph settings",
            "assumptions",
        ),
        "export": Entry(
            "How do the data get out again?",
            "relgraph export -o six_markets.xlsx",
            "import",
        ),
        "copy": Entry(
            "How do I copy a store, or move it to a server?",
            "relgraph copy relgraph.lbug backup.lbug",
            "info",
        ),
        "remove": Entry(
            "How do I delete a stakeholder for good?",
            "relgraph remove cus-50",
            "info",
        ),
    },
}

COMMANDS = {name: entry for group in GROUPS.values() for name, entry in group.items()}

SUBCOMMANDS = {
    "query list": Entry("Which questions are there?", "relgraph query list", "query show"),
    "query show": Entry(
        "What exactly does a query ask?",
        "relgraph query show single-contact-customers",
        "query run",
    ),
    "query run": Entry(
        "What does a query answer?",
        "relgraph query run strongest-partnerships -p at_least 0.8",
        "report",
    ),
}


# All of them, subcommands as in `query run`.
ENTRIES = COMMANDS | SUBCOMMANDS

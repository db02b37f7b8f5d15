"""Pages show what their commands print, in a folder of the page's own."""

from __future__ import annotations

from pathlib import Path

from scripts.make_console_docs import rewritten

PAGE = """\
```console
$ cat > a.txt <<'END'
one

two
END
$ wc -l < a.txt; ls
old output
$ cd gone
```

```sh
echo not run
```

```console
$ head -n 1 a.txt
```
"""


def test_a_page_is_run_from_an_empty_folder(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    now = rewritten(page)
    assert now.startswith(PAGE[: PAGE.index("old output")] + "3\na.txt\n$ cd gone\n")
    assert "gone: " in now or "can't cd to gone" in now  # what the shell says
    assert now.endswith("```sh\necho not run\n```\n\n```console\n$ head -n 1 a.txt\none\n```\n")
    page.write_text(now, encoding="utf-8")
    assert rewritten(page) == now

"""A run does not build the grammar of addresses that no notebook needs, and leaves the package as it was."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from perfkit.run import grammar
grammar.leave_out()
import nbformat
nbformat.validate(nbformat.v4.new_notebook())
print('rfc3987_syntax' in sys.modules)
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax('iri', 'urn:isbn:1'))
"""


def test_notebooks_are_judged_without_the_grammar_which_can_still_be_asked_for() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]

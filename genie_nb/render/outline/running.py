"""What became of a notebook that was run."""

from ...core.figures import written
from ...core.notebook_run import NotebookRun
from ..document import Block, Document, Masthead, Note, Notes, Prose


def of_run(run: NotebookRun) -> Document:
    """Its line, why it failed if it did, and where its output is."""
    places = [("Executed notebook", run.output), ("Page", run.html)]
    given = ", ".join(f"{name} = {value!r}" for name, value in run.parameters.items())
    told = [*places, ("Parameters", given), ("Took", f"{written(run.seconds, 'count')} s")]
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    blocks: list[Block] = [Notes(title="", notes=notes)]
    if run.notes:
        blocks.insert(0, Prose(paragraphs=run.notes))
    return Document(
        masthead=Masthead(
            name=f"{run.notebook} {'ran' if run.status == 'completed' else 'failed'}",
            lines=(run.line,),
            warning=f"Exit status {run.exit}." if run.exit else "",
        ),
        blocks=tuple(blocks),
    )

"""What runs by itself: a notebook, the service, a schedule, and the ledger behind them."""

from ...core.figures import written
from ...core.notebook_run import NotebookRun
from ...core.scheduled import Scheduled
from ...core.service import Service
from ...core.upkeep import Upkeep
from ..document import Block, Document, Masthead, Note, Notes, Prose, Verbatim


def of_run(run: NotebookRun) -> Document:
    """Its line, why it failed if it did, and where its output is."""
    places = [("Executed notebook", run.output), ("Page", run.html)]
    state = "ran" if run.status == "completed" else "failed"
    plain = run.line.startswith(f"{run.notebook} {state}")
    given = ", ".join(f"{name} = {value!r}" for name, value in run.parameters.items())
    told = [*places, ("Parameters", given), ("Took", f"{written(run.seconds, 'count')} s")]
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    blocks: list[Block] = [Notes(title="", notes=notes)]
    if run.notes:
        blocks.insert(0, Prose(paragraphs=run.notes))
    return Document(
        masthead=Masthead(
            name=run.line if plain else f"{run.notebook} {state}",
            lines=() if plain else (run.line,),
            warning=f"Exit status {run.exit}." if run.exit else "",
        ),
        blocks=tuple(blocks),
    )


def of_service(service: Service) -> Document:
    """How long it lived and what its last check said."""
    told = (
        ("From", f"{service.began:%Y-%m-%d %H:%M:%S} UTC"),
        ("To", f"{service.ended:%Y-%m-%d %H:%M:%S} UTC"),
        ("Checks", f"{service.checks}, {service.failed} of them failed"),
        ("Last", service.last),
    )
    notes = tuple(Note(lead=lead, text=text) for lead, text in told if text)
    head = "One check" if service.stopped == "once" else "The service was stopped"
    return Document(masthead=Masthead(name=head), blocks=(Notes(title="", notes=notes),))


def of_schedule(made: Scheduled) -> Document:
    """A job that was made, what is needed first, or a recipe with its files."""
    line = made.line[0].upper() + made.line[1:]
    blocks: list[Block] = []
    if made.recipe is not None:
        blocks += [Verbatim(title=name, text=text) for name, text in made.recipe.files]
        steps = (f"{number}. {step}" for number, step in enumerate(made.recipe.steps, 1))
        blocks.append(Prose(title="What to do", paragraphs=tuple(steps)))
    elif made.job:
        blocks.append(Notes(title="", notes=(Note(lead="Job definition", text=made.job),)))
    return Document(masthead=Masthead(name="Schedule", lines=(line,)), blocks=tuple(blocks))


def of_upkeep(kept: Upkeep) -> Document:
    """What the ledger holds, or what was done to it, and what checks here."""
    notes = [Note(lead="Ledger", text=kept.ledger)]
    notes += [
        Note(lead=name.capitalize(), text=f"{count:,}") for name, count in kept.counts.items()
    ]
    notes += [
        Note(lead=f"Last sign of {name}", text=f"{at:%Y-%m-%d %H:%M:%S} UTC. {note}".rstrip())
        for name, at, _, note in kept.heartbeats
    ]
    lines = (kept.line,) if kept.action else ()
    return Document(
        masthead=Masthead(name="Ledger", lines=lines), blocks=(Notes(title="", notes=tuple(notes)),)
    )

"""Work beside a panel of which only the newest counts, such as the report of the ticker chosen last."""

from collections.abc import Callable

from ...core.errors import GenieError
from .frame import Frame, Job


class Latest:
    """A slot for one piece of work at a time; what was begun before is forgotten when it ends.

    Args:
        frame: The panel whose page the results change.
    """

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._newest = 0

    def begin[T](
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[GenieError], None],
    ) -> None:
        """Do some work in a thread, and tell what came of it unless other work was begun meanwhile.

        Args:
            work: What to do; it does not touch the page.
            done: Given the result, with the page to change.
            failed: Given the reason instead.
        """
        self._newest += 1
        mine = self._newest

        def settle(tell: Callable[[], None]) -> None:
            with self._frame.together():
                if mine == self._newest:
                    tell()

        def steps(_job: Job) -> None:
            try:
                result = work()
            except GenieError as error:
                reason = error
                settle(lambda: failed(reason))
            else:
                settle(lambda: done(result))

        Job(
            steps, failed=lambda words: settle(lambda: failed(GenieError(words))), ended=_nothing
        ).start()

    def forget(self) -> None:
        """Let what is under way end without telling."""
        self._newest += 1


def _nothing() -> None:
    """What has to be done after the work is done already."""

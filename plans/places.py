"""Which measures stand elsewhere in a file than in the text that it was made from. Pure."""

from collections.abc import Callable, Iterator

from .compare.order import out_of_order
from .pairing import Pairs, walk_homes


def out_of_place[T](pairs: Pairs, made: Callable[[str, str, str], T]) -> Iterator[T]:
    """`made(measure, goal, row before)` for each measure that moved, by keys; as few as will do."""
    for goal, keys in walk_homes(pairs):
        place = {measure.key: n for n, measure in enumerate(goal.measures)}
        staying = [key for key in keys if key in place]
        moved = {
            key
            for key, is_out in zip(staying, out_of_order([place[k] for k in staying]), strict=True)
            if is_out
        }
        for n, key in enumerate(keys):
            if key not in place or key in moved:
                yield made(key, goal.key, keys[n - 1] if n else "")

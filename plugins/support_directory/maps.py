"""The small drawing of where the areas lie, beside their names. It is a picture: what leads anywhere is the list."""
from types import SimpleNamespace

EDGE = 1  # free space around the drawing, in its own units


def drawing(areas, current=""):
    """Areas -> what areas.svg draws: `box` for viewBox, and `parts`, each with its name, shape, middle and whether it is the current one.

    None where an area has no shape: a drawing with a part missing would say that nobody helps there.
    """
    if not areas or not all(area.map for area in areas):
        return None
    points = [point for area in areas for point in _points(area.map.shape)]
    across, down = zip(*points, strict=True)
    left, top = min(across) - EDGE, min(down) - EDGE
    box = (left, top, max(across) + EDGE - left, max(down) + EDGE - top)
    return SimpleNamespace(box=" ".join(f"{number:g}" for number in box), parts=[_part(area, area.slug == current) for area in areas])


def _part(area, is_current):
    x, y = area.map.middle.split(",")
    return SimpleNamespace(name=area.name, shape=area.map.shape, x=x, y=y, current=is_current)


def _points(shape):
    return [tuple(map(float, point.split(","))) for point in shape.split(" ")]

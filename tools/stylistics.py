"""How a take looks, as the numbers that `agent.learning.LOOK_PARTS` names: what is kept of a take to compare it by.

They are kept with the take. What they mean is learned per film, from takes the person accepted and rejected
(`tools.parting`) or from the film's other takes (`agent.policy.drift`): no line between painted and photographed holds
for every film.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from tools import pixels
from tools.media import Reel
from tools.pixels import Plane, Rgb

LINES = 480
"""Short side that surfaces are looked at with: what a brush or a grain leaves is gone at half of it."""

WINDOW = (272, 480)
"""Of the middle of the picture, in pixels, where surfaces are looked at: all of it would take as long as decoding."""

SMALL_PX = 160
"""Long side that light and palette are looked at with."""

FRAMES = 2

_LIGHT = (0.05, 0.25, 0.5, 0.75, 0.95)
_SIGMAS = (0.7, 1.4, 2.8, 5.6)
_OCTAVES, _DIRECTIONS = 5, 8


def look(reel: Reel) -> tuple[float, ...]:
    """The numbers of a clip: the middle of those of evenly spaced frames."""
    frames = reel.frames[:: max(1, len(reel.frames) // FRAMES)][:FRAMES]
    return tuple(float(each) for each in np.median([describe(frame.rgb) for frame in frames], axis=0))


def describe(rgb: Rgb) -> Plane:
    """The numbers of one picture."""
    plane = pixels.luma(_window(rgb))
    blurred = [plane, *(pixels.blur(plane, sigma) for sigma in _SIGMAS)]
    bands = [one - other for one, other in pairwise(blurred)]
    colours = _colours(pixels.shrink_rgb(rgb, longest=SMALL_PX))
    surfaces = (*_sharpness(bands), *_sparsity(bands), *_surfaces(plane, bands), *_spectrum(plane))
    return np.nan_to_num(np.array([*colours, *surfaces, *_patterns(blurred[1])], dtype=np.float32))


def _window(rgb: Rgb) -> Rgb:
    """The middle of the picture at 480 lines; a smaller one as it is."""
    height, width = rgb.shape[:2]
    share = min(1.0, LINES / min(height, width))
    tall, wide = (min(side, round(most / share)) for side, most in zip((height, width), WINDOW, strict=True))
    top, left = (height - tall) // 2, (width - wide) // 2
    return pixels.shrink_rgb(rgb[top : top + tall, left : left + wide], longest=round(max(tall, wide) * share))


def _colours(small: Rgb) -> Iterator[float]:
    """Quantiles and spread of lightness; means and spreads of a* and b*, chroma, and how many colours there are."""
    lab = pixels.lab(small).reshape(-1, 3)
    yield from np.quantile(lab[:, 0], _LIGHT)
    yield lab[:, 0].std()
    yield from lab[:, 1:].mean(axis=0)
    yield from lab[:, 1:].std(axis=0)
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    yield from np.quantile(chroma, (0.5, 0.95))
    bins = np.bincount((small.reshape(-1, 3) >> 4).astype(np.int64) @ np.array([256, 16, 1]), minlength=4096)
    shares = bins[bins > 0] / bins.sum()
    yield -(shares * np.log(shares)).sum()
    yield np.log(np.sort(shares)[-8:].sum())


def _sharpness(bands: list[Plane]) -> Iterator[float]:
    """How each band of detail stands to the next coarser one, and the finest to all."""
    energies = [float((band**2).mean()) + 0.05 for band in bands]
    yield from (np.log(fine / coarse) for fine, coarse in pairwise(energies))
    yield np.log(energies[0] / sum(energies))


def _sparsity(bands: list[Plane]) -> Iterator[float]:
    """Per band, how much of its energy is in few places: edges are sparse, grain is not."""
    yield from (np.log((np.sqrt((band**2).mean()) + 0.1) / (np.abs(band).mean() + 0.1)) for band in bands)


def _surfaces(plane: Plane, bands: list[Plane]) -> Iterator[float]:
    """Flatness, edges, grain, direction, and the statistics of natural scenes after local normalising."""
    down, across = pixels.gradient(plane)
    steepness = np.sqrt(down * down + across * across)
    yield from ((steepness < limit).mean() for limit in (0.25, 1.0, 4.0))
    yield from np.log(np.quantile(steepness[::2, ::2], (0.5, 0.9, 0.99)) + 0.5)
    yield np.log(np.median(np.abs(bands[0][::2, ::2])) + 0.1)
    tensor = [pixels.blur(part, 2.0) for part in (down * down, across * across, down * across)]
    coherence = np.sqrt((tensor[0] - tensor[1]) ** 2 + 4 * tensor[2] ** 2) / (tensor[0] + tensor[1] + 1)
    yield coherence.mean()
    local = bands[0] + bands[1]
    normal = local / (np.sqrt(pixels.blur(np.asarray(local * local, dtype=np.float32), 2.8)) + 1)
    yield normal.std()
    squared = normal * normal
    yield (squared * squared).mean() / (squared.mean() ** 2 + 1e-3)
    yield from ((normal * np.roll(normal, 1, axis=axis)).mean() for axis in (0, 1))


def _spectrum(plane: Plane) -> Iterator[float]:
    """A bank of oriented filters, read off the spectrum: per octave its share of energy, and how one-sided it is."""
    height, width = plane.shape
    window = np.hanning(height)[:, None] * np.hanning(width)[None]
    power = np.abs(np.fft.rfft2((plane - plane.mean()) * window)) ** 2
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    octave = np.clip(np.floor(-np.log2(np.hypot(down, across) + 1e-9) - 1).astype(int), 0, _OCTAVES)
    turn = np.floor((np.arctan2(down, across) / np.pi + 0.5) * _DIRECTIONS).astype(int) % _DIRECTIONS
    sums = np.bincount((octave * _DIRECTIONS + turn).ravel(), weights=power.ravel(), minlength=48)
    energies = sums.reshape(_OCTAVES + 1, _DIRECTIONS)[:_OCTAVES] + 1e-3
    shares = energies.sum(axis=1) / energies.sum()
    yield from np.log(shares + 1e-5)
    yield from np.log(energies.max(axis=1) / energies.mean(axis=1))


def _patterns(plane: Plane) -> Iterator[float]:
    """How often a pixel has 0, 1, ... 8 brighter neighbours: flat paint, slopes, edges and grain differ in it."""
    middle = plane[1:-1, 1:-1]
    height, width = plane.shape
    brighter = np.zeros(middle.shape, dtype=np.uint8)
    for down in (0, 1, 2):
        for across in (0, 1, 2):
            if (down, across) != (1, 1):
                brighter += plane[down : height - 2 + down, across : width - 2 + across] > middle + 1
    yield from np.bincount(brighter.ravel(), minlength=9) / brighter.size

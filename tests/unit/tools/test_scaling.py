import numpy as np
import pytest
from av.video.frame import VideoFrame

from tools import scaling
from tools.scaling import Scalers


def _noisy(width: int, height: int, *, pix_fmt: str = "yuv420p") -> VideoFrame:
    """A frame of blocks of grey, each in noise of its own."""
    rng = np.random.default_rng(5)
    grey = np.kron(rng.integers(40, 220, (9, 16)), np.ones((height // 9 + 1, width // 16 + 1)))[:height, :width]
    noisy = np.clip(grey + rng.normal(0, 12, grey.shape), 0, 255).astype(np.uint8)
    return VideoFrame.from_ndarray(noisy[..., None].repeat(3, axis=2), format="rgb24").reformat(format=pix_fmt)


@pytest.mark.parametrize("width", [1280, 1090, 718])  # 1090 leaves room at the end of each row
@pytest.mark.parametrize("height", [720, 700])  # 700 rows are not a whole number for each of 90
def test_a_small_picture_holds_the_mean_of_what_each_pixel_covers(width: int, height: int) -> None:
    frame = _noisy(width, height)
    size = scaling.small_size(width, height)

    small = Scalers(lines=height).small(frame, size=size)

    exact = Scalers(lines=height).rgb(frame) if max(width, height) > 1280 else frame.to_ndarray(format="rgb24")
    columns = np.linspace(0, exact.shape[1], size[0] + 1).round().astype(int)[:-1]
    rows = np.linspace(0, exact.shape[0], size[1] + 1).round().astype(int)[:-1]
    sums = np.add.reduceat(np.add.reduceat(exact.astype(float), rows, axis=0), columns, axis=1)
    counts = np.outer(np.diff([*rows, exact.shape[0]]), np.diff([*columns, exact.shape[1]]))
    assert small.shape == (size[1], size[0], 3)
    assert np.abs(small - sums / counts[..., None]).mean() < 4


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1278, 720), (562, 422)])
def test_a_small_picture_is_no_darker_than_the_frame(width: int, height: int) -> None:
    frame = _noisy(width, height, pix_fmt="yuv444p")
    luma = np.frombuffer(memoryview(frame.planes[0]), dtype=np.uint8).reshape(height, -1)[:, :width]

    small = Scalers(lines=height).small(frame.reformat(format="yuv420p"), size=scaling.small_size(width, height))

    assert abs(small.mean() - (luma.mean() - 16) * 255 / 219) < 0.5


def test_rows_that_are_averaged_first_give_the_picture_that_the_scaler_gives() -> None:
    frame = _noisy(1280, 720)
    scaled = frame.reformat(width=160, height=90, format="rgb24", interpolation=scaling.MEANS).to_ndarray()

    averaged = Scalers(lines=720).small(frame, size=(160, 90))

    apart = np.abs(averaged.astype(int) - scaled)
    assert (apart.mean() < 0.5, apart.max() <= 2) == (True, True)


@pytest.mark.parametrize(("width", "height"), [(3840, 2160), (1920, 1080), (640, 360)])
def test_a_frame_is_held_with_at_most_1920_pixels_on_its_long_side(width: int, height: int) -> None:
    held = Scalers(lines=height).held(_noisy(width, height))

    assert max(held.width, held.height) == min(width, 1920)
    assert held.format.name == "yuv420p"

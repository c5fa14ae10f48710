"""Which windows the encoder is not taught to tell from what answers."""

from tests.training.triples import alike

BEFORE = "there was rain all week and the lake had come up to the road by the mill"
TRAIN = "the night train goes up the hill at nine and comes down again before it is light"
TEA = "tea is made of leaves that are dried in the sun and rolled by hand after a day"


def test_windows_that_hold_most_of_what_answers_are_alike() -> None:
    shorter, longer = TRAIN.removeprefix("the night "), f"{TRAIN} so take a coat"
    found = alike([TRAIN, TEA, shorter, longer], 2)
    assert found.tolist() == [[False, False, True, True], [False, False, False, False]]


def test_windows_that_share_what_stands_before_them_are_not_alike() -> None:
    assert not alike([f"{BEFORE} | {TRAIN}", f"{BEFORE} | {TEA}"], 2).any()


def test_a_window_after_what_answers_is_not_alike() -> None:
    assert not alike([f"{BEFORE} | {TRAIN}", f"{TRAIN} | {TEA}"], 2).any()


def test_tiles_that_share_a_sentence_are_not_alike() -> None:
    shared = "nobody knows who drives"
    assert not alike([f"{TRAIN} {shared}", f"{shared} {TEA}"], 2).any()


def test_a_window_beside_its_like_is_alike_wherever_it_stands() -> None:
    assert alike([TRAIN, TRAIN], 1).tolist() == [[False, True]]

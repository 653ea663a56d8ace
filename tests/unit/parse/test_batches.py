"""Rows read one by one are cut by their number and by their cells."""

from itertools import chain

from functions.worker.parse.batches import slices_of_rows


def cut(rows, **how) -> list[list[int]]:
    return [list(batch.positions) for read in slices_of_rows(iter(rows), **how) for batch in read()]


def test_ten_thousand_rows_are_a_batch():
    found = cut((n, [n, None]) for n in range(25_000))

    assert [len(positions) for positions in found] == [10_000, 10_000, 5_000]
    assert list(chain(*found)) == list(range(25_000))


def test_wide_rows_make_smaller_batches():
    found = cut((n, [n] * 16_384) for n in range(40))

    assert [len(positions) for positions in found] == [16, 16, 8]  # 262,144 cells each
    assert list(chain(*found)) == list(range(40))


def test_blanks_behind_a_row_do_not_count():
    found = cut((n, [n, *[None] * 16_383]) for n in range(100))

    assert found == [list(range(100))]


def test_a_stop_comes_between_two_batches():
    found = cut(((n, [n] * 16_384) for n in range(40)), until=lambda: True)

    assert found == [list(range(16))]


def test_blank_rows_are_in_no_batch():
    assert cut([(0, [1]), (1, [None, None]), (2, []), (3, ["x"])]) == [[0, 3]]

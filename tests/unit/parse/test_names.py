"""Names of columns."""

from functions.worker.parse.names import unique_names


def test_duplicates_are_numbered_and_blanks_are_called_by_their_place():
    assert unique_names([(0, "age"), (1, ""), (2, "age"), (4, "age")]) == [
        "age",
        "Column 2",
        "age (2)",
        "age (3)",
    ]


def test_a_number_that_is_taken_is_passed_over():
    assert unique_names([(0, "a"), (1, "a (2)"), (2, "a")]) == ["a", "a (2)", "a (3)"]


def test_the_name_of_the_odd_cells_is_reserved():
    assert unique_names([(0, "_odd")]) == ["_odd (2)"]

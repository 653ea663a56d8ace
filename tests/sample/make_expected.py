"""Write expected_penguins.csv from palmerpenguins' raw csv: without Sluice, without the workbook.

    python tests/sample/make_expected.py PENGUINS_RAW_CSV

The header below was written by hand: what a reader of the sample's two header rows would call each
column. Blanks are empty fields, dates are ISO, numbers typed as text are numbers, and the sample's
one error cell keeps its text. Compare values, not spellings: 18 and 18.0 are one number.
"""

import csv
import sys
from pathlib import Path

HEADER = """\
研究编号 Study Name
个体 Individual / 序号 Sample Number
个体 Individual / 物种 Species
个体 Individual / 区域 Region
个体 Individual / 岛屿 Island
个体 Individual / 阶段 Stage
个体 Individual / 个体编号 Individual ID
个体 Individual / 窝卵完整 Clutch Completion
个体 Individual / 产卵日期 Date Egg
测量 Measurements / 嘴峰长 Culmen Length (mm)
测量 Measurements / 嘴峰深 Culmen Depth (mm)
测量 Measurements / 鳍肢长 Flipper Length (mm)
测量 Measurements / 体重 Body Mass (g)
性别 Sex
同位素 Isotopes / 氮同位素 Delta 15 N (‰)
同位素 Isotopes / 碳同位素 Delta 13 C (‰)
备注 Comments
""".splitlines()

FOURTH_BIRD, CULMEN_LENGTH = 3, 9


def main(source: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        _, *birds = csv.reader(file)
    rows = [["" if field == "NA" else field for field in bird] for bird in birds]
    assert rows[FOURTH_BIRD][CULMEN_LENGTH] == ""
    rows[FOURTH_BIRD][CULMEN_LENGTH] = "#N/A"
    with (Path(__file__).parent / "expected_penguins.csv").open(
        "w", encoding="utf-8", newline=""
    ) as file:
        csv.writer(file, lineterminator="\n").writerows([HEADER, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
